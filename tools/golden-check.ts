import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Check } from './check.ts'
import { type Golden, goldens } from './goldens.ts'
import { listFiles, readText, root } from './source-files.ts'

/** Null stands for a file that is not there. */
interface Difference {
  readonly path: string
  readonly committed: string | null
  readonly generated: string | null
}

/** The files of one golden that are not as they would be generated now. */
export const compareGolden = async ({ target, generate }: Golden): Promise<Difference[]> => {
  const generated = await generate()
  const paths = new Set([...committedFiles(target), ...generated.keys()])
  return [...paths].sort().flatMap((path) => {
    const difference = { path, committed: readIfThere(path), generated: generated.get(path) ?? null }
    return difference.committed === difference.generated ? [] : [difference]
  })
}

const committedFiles = (target: string): string[] => {
  const found = statSync(join(root, target), { throwIfNoEntry: false })
  if (!found) return []
  return found.isDirectory() ? listFiles(`${target}/**/*.*`) : [target]
}

const readIfThere = (path: string): string | null => (existsSync(join(root, path)) ? readText(path) : null)

const shownLines = 12

/** The first lines that differ, enough to see what it is about; git shows the rest. */
export const differenceBetween = (path: string, committed: string | null, generated: string | null): string => {
  if (committed === null) return `${path}: is new`
  if (generated === null) return `${path}: is no longer generated`
  const [old, young] = [committed.split('\n'), generated.split('\n')]
  const first = old.findIndex((line, index) => line !== young[index])
  const at = first === -1 ? old.length : first
  const shown = [
    ...old.slice(at, at + shownLines / 2).map((line) => `- ${line}`),
    ...young.slice(at, at + shownLines / 2).map((line) => `+ ${line}`),
  ]
  return `${path}:${at + 1}: differs\n${shown.join('\n')}`
}

/** What others rely on and nobody should change without seeing it: compared with what the code says now. */
export const goldenCheck: Check = {
  name: 'golden',
  remedy: 'If the change is meant: npm run golden -- --write, read the difference, and commit it.',
  run: async () => {
    const complaints: string[] = []
    for (const golden of goldens)
      for (const { path, committed, generated } of await compareGolden(golden))
        complaints.push(differenceBetween(path, committed, generated))
    return complaints
  },
}
