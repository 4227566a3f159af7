import { posix } from 'node:path'
import ts from 'typescript'
import type { Check } from './check.ts'
import { listFiles, parseSource } from './source-files.ts'

const modules = 'packages/server/src/modules'

/** Which modules one module's files import, types included: each with the file that does. */
export type ModuleGraph = ReadonlyMap<string, ReadonlyMap<string, string>>

/** A file-level tool can't see it: a's routes need b's index, b's store a's index, and no file needs itself. */
export const modulesCheck: Check = {
  name: 'modules',
  remedy: 'Modules form no cycle: pass the need in through compose.ts, or move what both need below them.',
  run: async () => cyclesOf(graphOf(listFiles(`${modules}/*/**/*.ts`).filter((path) => !path.endsWith('.test.ts')))),
}

const graphOf = (paths: readonly string[]): ModuleGraph => {
  const graph = new Map<string, Map<string, string>>()
  for (const path of paths) {
    const from = moduleOf(path)
    for (const target of importsOf(path)) {
      const to = moduleOf(target)
      if (from === null || to === null || from === to) continue
      graph.set(from, (graph.get(from) ?? new Map<string, string>()).set(to, path))
    }
  }
  return graph
}

const moduleOf = (path: string): string | null =>
  path.startsWith(`${modules}/`) ? (path.slice(modules.length + 1).split('/')[0] ?? null) : null

const importsOf = (path: string): string[] =>
  parseSource(path).statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return []
    const named = statement.moduleSpecifier
    const isRelative = named !== undefined && ts.isStringLiteral(named) && named.text.startsWith('.')
    return isRelative ? [posix.join(posix.dirname(path), named.text)] : []
  })

/** Each cycle once, told from its first module in the alphabet. */
export const cyclesOf = (graph: ModuleGraph): string[] =>
  [...graph.keys()].sort().flatMap((start) => {
    const way = wayBack(graph, start)
    return way && start === way.toSorted()[0] ? [describe(graph, way)] : []
  })

/** The shortest way from a module to itself. */
const wayBack = (graph: ModuleGraph, start: string): string[] | null => {
  const seen = new Set<string>()
  const ways: string[][] = [[start]]
  for (const way of ways)
    for (const next of graph.get(way.at(-1) ?? start)?.keys() ?? []) {
      if (next === start) return way
      if (!seen.has(next)) ways.push([...way, next])
      seen.add(next)
    }
  return null
}

const describe = (graph: ModuleGraph, way: readonly string[]): string => {
  const steps = way.map((from, index) => [from, way[index + 1] ?? way[0] ?? from] as const)
  return steps.map(([from, to]) => `${from} → ${to} (${graph.get(from)?.get(to)})`).join(', ')
}
