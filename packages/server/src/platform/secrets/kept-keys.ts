import type { Database } from '../database/index.ts'
import { keyIdOf, unwrapDataKey } from './data-key.ts'
import { createKeyEncryption, type KeySettings, readRing } from './key-encryption.ts'
import { keyMark, keyMarksOf } from './seal.ts'
import { countSealed, listKeys, type SealedColumn } from './store.ts'

/** A key without which something of a backup does not open. */
export interface KeptKey {
  readonly id: string
  readonly fingerprint: string
  /** A data key as it lies in the backup; absent where the key is one of the key ring's own. */
  readonly wrapped?: string
}

/** What opens the sealed values of a database: its data keys, and those of the key ring that still seal something. */
export const keysToKeep = async (
  database: Database,
  settings: KeySettings,
  columns: readonly SealedColumn[],
): Promise<KeptKey[]> => {
  const ring = await readRing(settings)
  const named = new Set<string>()
  for (const column of columns) for (const { keyId } of await countSealed(database.plain, column)) named.add(keyId)
  const own = (ring ? keyMarksOf(ring) : []).filter(({ id }) => named.has(id))
  const data = await listKeys(database.plain)
  return [...own, ...data.map(({ number, mark, wrapped }) => ({ id: keyIdOf(number), fingerprint: mark, wrapped }))]
}

/** Those that the key-encryption key of here does not give. */
export const missingKeys = async (keys: readonly KeptKey[], settings: KeySettings): Promise<KeptKey[]> => {
  const ring = await readRing(settings)
  const encryption = createKeyEncryption(ring, settings)
  const missing: KeptKey[] = []
  for (const key of keys) {
    const own = ring?.keys[key.id]
    const isHere =
      key.wrapped === undefined
        ? own !== undefined && keyMark(own) === key.fingerprint
        : await unwrapDataKey(encryption, { id: key.id, wrapped: key.wrapped, mark: key.fingerprint }).then(
            () => true,
            () => false,
          )
    if (!isHere) missing.push(key)
  }
  return missing
}
