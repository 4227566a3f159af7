import ts from 'typescript'
import { listFiles, nodesOf, parseSource } from '../source-files.ts'

/** Every query of every store as one reads it, so that a change of SQL is seen in review. */
export const generateSql = async (): Promise<Map<string, string>> => {
  const texts = new Map<string, string[]>()
  for (const path of listFiles('packages/server/src/**/*store.ts', 'packages/drivers/src/**/*store.ts')) {
    const queries = queriesOf(parseSource(path))
    if (queries.length === 0) continue
    const target = targetOf(path)
    texts.set(target, [...(texts.get(target) ?? []), `-- ${path}`, ...queries.map(print)])
  }
  return new Map([...texts].map(([target, blocks]) => [target, `${blocks.join('\n\n')}\n`]))
}

/** One file a room: a module, a part of the platform, a driver. */
const targetOf = (path: string): string => {
  const room = /src\/(?:modules|platform)\/([^/]+)\//.exec(path)?.[1] ?? /src\/([^/]+)\//.exec(path)?.[1] ?? 'server'
  return `golden/sql/${room}.sql`
}

export interface Query {
  /** The function it stands in. */
  readonly name: string
  readonly sql: string
}

export const queriesOf = (file: ts.SourceFile): Query[] =>
  [...nodesOf(file)]
    .filter((node) => ts.isTaggedTemplateExpression(node))
    .filter(({ tag }) => ts.isIdentifier(tag) && tag.text === 'sql')
    .map((node) => ({ name: enclosingName(node), sql: textOf(node.template) }))

const print = ({ name, sql }: Query): string => `-- ${name}\n${sql}`

const enclosingName = (node: ts.Node): string => {
  for (let at: ts.Node = node.parent; !ts.isSourceFile(at); at = at.parent)
    if (namesFunction(at)) return at.name.getText()
  return 'module'
}

type Named = ts.Node & { readonly name: ts.Node }

/** A function or method with a name, or what a nameless one is assigned to. */
const namesFunction = (node: ts.Node): node is Named => {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) return node.name !== undefined
  const isHolder = ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node)
  if (!isHolder || node.initializer === undefined) return false
  return ts.isFunctionLike(node.initializer) || ts.isSourceFile(node.parent.parent.parent)
}

const textOf = (template: ts.TemplateLiteral): string => {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return dedent(template.text)
  const spans = template.templateSpans.map(({ expression, literal }) => `:${placeholder(expression)}${literal.text}`)
  return dedent(`${template.head.text}${spans.join('')}`)
}

/** On one line, as in the code; a query within it stands for itself below. */
const placeholder = (expression: ts.Expression): string => {
  const words = expression
    .getText()
    .replace(/\bsql(<[^`]*>)?`[^`]*`/g, 'sql')
    .replace(/\s+/g, ' ')
  return /^[\w.?![\]]+$/.test(words) ? words : `(${words})`
}

const dedent = (text: string): string => {
  const lines = text
    .replace(/^\s*\n/, '')
    .trimEnd()
    .split('\n')
  const depths = lines
    .slice(1)
    .filter((line) => line.trim() !== '')
    .map((line) => line.search(/\S/))
  const own = lines[0]?.search(/\S/) ?? 0
  // The first line of a template often stands behind its backtick, without the indent of the others.
  const depth = Math.min(...depths, own > 0 ? own : Number.POSITIVE_INFINITY)
  return lines
    .map((line, index) => (index === 0 && own === 0 ? line : line.slice(Math.min(depth, line.length))))
    .join('\n')
}
