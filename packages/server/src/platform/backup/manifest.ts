import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import Value from 'typebox/value'

/** Why a backup or a restore cannot be; the message says what to do. */
export class BackupError extends Error {}

const Named = Type.Object({ schema: Type.String(), name: Type.String() })

/** One table, in a file of its own: PostgreSQL's text form of COPY, compressed. */
const TableManifest = Type.Object({
  ...Named.properties,
  file: Type.String(),
  columns: Type.Array(Type.String()),
  rows: Type.Integer(),
  /** Of the text before it was compressed, hexadecimal. */
  sha256: Type.String(),
})
export type TableManifest = Static<typeof TableManifest>

export const Manifest = Type.Object({
  format: Type.Literal(1),
  takenAt: Type.String(),
  /** The middle of every mark that this installation leaves on clouds. */
  installation: Type.String(),
  /** Those that the database had applied; a restore goes exactly so far before it loads. */
  migrations: Type.Array(Type.String()),
  /** Which keys open what is sealed in it. The keys themselves are never in a backup. */
  keys: Type.Array(
    Type.Object({ id: Type.String(), fingerprint: Type.String(), wrapped: Type.Optional(Type.String()) }),
  ),
  tables: Type.Array(TableManifest),
  sequences: Type.Array(Type.Object({ ...Named.properties, lastValue: Type.String(), isCalled: Type.Boolean() })),
  /** Months that tables had partitions for; `month` is the first day of it. */
  partitions: Type.Array(Type.Object({ parent: Type.String(), month: Type.String() })),
})
export type Manifest = Static<typeof Manifest>

export const manifestFile = 'manifest.json'

/** @throws BackupError where the folder holds no whole backup of a form that this release reads */
export const readManifest = async (folder: string): Promise<Manifest> => {
  const text = await readFile(join(folder, manifestFile), 'utf8').catch(() => null)
  if (text === null)
    throw new BackupError(`${folder} holds no ${manifestFile}: it is no backup, or one that was never finished.`)
  const manifest: unknown = JSON.parse(text)
  if (!Value.Check(Manifest, manifest))
    throw new BackupError(`${join(folder, manifestFile)} is not of a form that this release reads.`)
  return manifest
}
