import { existsSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import type { Check } from './check.ts'
import { listFiles, readText, root } from './source-files.ts'

/** What the documents name must be there, or a newcomer's first step fails. */
export const docPathsCheck: Check = {
  name: 'doc-paths',
  remedy: 'Correct the document, or bring back what it names.',
  run: async () =>
    listFiles('README*.md', 'CONTRIBUTING.md', 'docs/**/*.md').flatMap((path) => docComplaints(path, readText(path))),
}

export const docComplaints = (path: string, text: string): string[] => [...new Set(complaintsOf(path, text))]

const complaintsOf = (path: string, text: string): string[] => [
  ...linksOf(text)
    .filter((link) => !existsSync(join(root, posix.join(dirname(path), link))))
    .map((link) => `${path}: the link to ${link} leads nowhere`),
  ...pathsOf(text)
    .filter((named) => !existsSync(join(root, named)) && !existsSync(join(root, dirname(path), named)))
    .map((named) => `${path}: there is no ${named}`),
  ...scriptsOf(text)
    .filter((script) => !(script in scripts()))
    .map((script) => `${path}: there is no script \`npm run ${script}\``),
]

/** Relative links, without their anchors. */
const linksOf = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target.replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))

const topFolders = ['packages', 'docs', 'golden', 'bench', 'deploy', 'tools', '.ci'] as const

/**
 * Paths in backticks or code blocks that begin with a folder of the checkout. Patterns (`*`, `<name>`, `…`) are
 * shapes, not paths.
 */
const pathsOf = (text: string): string[] =>
  [...text.matchAll(/(?<![\w/.@-])(?:\.\/)?([\w.@-]+(?:\/[\w.@*<>{}…-]+)+\/?)/g)]
    .map(([, path = '']) => path.replace(/[.:]+$/, ''))
    .filter((path) => topFolders.some((folder) => path.startsWith(`${folder}/`)) && !/[*<>{}…]/.test(path))

const scriptsOf = (text: string): string[] =>
  [...text.matchAll(/\bnpm run ([a-z][\w:-]*)/g)].map(([, script = '']) => script)

/** The cast: our own file, whose shape npm itself insists on. */
const scripts = (): Record<string, string> =>
  (JSON.parse(readText('package.json')) as { scripts: Record<string, string> }).scripts
