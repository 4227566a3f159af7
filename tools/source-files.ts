import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'

/** The checkout's root; every path below is told from it, with slashes. */
export const root = dirname(import.meta.dirname)

export const listFiles = (...patterns: readonly string[]): string[] =>
  globSync(patterns, { cwd: root, exclude: ['**/node_modules/**', '.cache/**', 'var/**'] })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()

export const readText = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Everything written by hand in TypeScript. */
export const sourcePatterns = ['packages/**/*.{ts,tsx}', 'tools/**/*.ts', 'bench/**/*.ts', '*.ts'] as const

export const parseSource = (path: string): ts.SourceFile =>
  ts.createSourceFile(path, readText(path), ts.ScriptTarget.Latest, true)

/** Every node of the file, parents before their children. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node
  for (const child of node.getChildren()) if (ts.isToken(child) === false) yield* nodesOf(child)
}

/** `path:line`, which terminals and editors turn into a link. */
export const placeOf = (node: ts.Node): string => {
  const file = node.getSourceFile()
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`
}
