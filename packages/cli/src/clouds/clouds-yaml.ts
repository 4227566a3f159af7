import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { usageError } from '../command-error.ts'
import type { CloudEntry } from './cloud-entry.ts'

type Tree = Readonly<Record<string, unknown>>

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/** secure.yaml adds to clouds.yaml key by key, at any depth. */
const merged = (base: Tree, more: Tree): Tree => {
  const result: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(more)) {
    const before = base[key]
    result[key] = isTree(before) && isTree(value) ? merged(before, value) : value
  }
  return result
}

const cloudsIn = (path: string, readFile: (path: string) => string): Tree => {
  let tree: unknown
  try {
    tree = parse(readFile(path))
  } catch (error) {
    // The parser quotes what it stumbled over, which may be a password: only the place is told.
    const line =
      error instanceof Error && 'linePos' in error && Array.isArray(error.linePos) ? error.linePos[0]?.line : 0
    throw usageError('clouds-yaml-wrong', { path, line: Number(line ?? 0) })
  }
  const clouds = isTree(tree) ? tree.clouds : undefined
  return isTree(clouds) ? clouds : {}
}

/**
 * A cloud of clouds.yaml, with what secure.yaml beside it adds
 * (docs.openstack.org/openstacksdk, "Configuring OpenStack SDK Applications").
 *
 * @throws CommandError where there is no such file or no such cloud in it.
 */
export const readCloud = (
  name: string,
  { paths, readFile }: { readonly paths: readonly string[]; readonly readFile: (path: string) => string },
): CloudEntry => {
  const path = paths.find((it) => existsSync(it))
  if (path === undefined) throw usageError('clouds-yaml-missing', { paths: paths.join(', ') })
  const secure = join(dirname(path), 'secure.yaml')
  const clouds = merged(cloudsIn(path, readFile), existsSync(secure) ? cloudsIn(secure, readFile) : {})
  const entry = clouds[name]
  if (!isTree(entry)) throw usageError('cloud-unknown', { cloud: name, path, known: Object.keys(clouds).join(', ') })
  return entry
}
