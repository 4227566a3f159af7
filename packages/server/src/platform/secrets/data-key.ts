import { randomBytes } from 'node:crypto'
import type { Clock } from '../../kernel/clock.ts'
import type { Database } from '../database/index.ts'
import type { KeyEncryption } from './key-encryption.ts'
import { keyMark, printKeyOf } from './seal.ts'
import * as store from './store.ts'
import type { SuiteName } from './suite.ts'

export interface DataKeyDeps {
  readonly database: Database
  readonly clock: Clock
  readonly encryption: KeyEncryption
  readonly suite: SuiteName
}

/** Whoever works with the keys looks again. */
export const keyChannel = 'yiduo_keys'

export const keyIdOf = (number: number): string => `d${number}`

const newKey = async (
  { database, clock, encryption, suite }: DataKeyDeps,
  purpose: store.DataKeyRow['purpose'],
  key: Buffer,
) => {
  const number = await store.nextKeyNumber(database.plain)
  const wrapped = await encryption.wrap(key, keyIdOf(number))
  return { number, purpose, suite, wrapped, mark: keyMark(key), createdAt: clock.now() }
}

/** Made on the first start of an installation; one that was there before keeps sealing with its key ring. */
export const ensureFirstKeys = async (deps: DataKeyDeps, isNewInstallation: boolean): Promise<void> => {
  const { database, encryption } = deps
  const { ring } = encryption
  const purposes = new Set((await store.listKeys(database.plain)).map(({ purpose }) => purpose))
  if (!purposes.has('seal') && (isNewInstallation || !ring))
    await store.insertFirstKey(database.plain, await newKey(deps, 'seal', randomBytes(32)))
  if (!purposes.has('sign')) await store.insertFirstKey(database.plain, await newKey(deps, 'sign', randomBytes(32)))
  if (purposes.has('print')) return
  // As the release before has it, which runs beside this one: a repeated request is recognised by both.
  const before = ring?.keys[ring.current]
  await store.insertFirstKey(database.plain, await newKey(deps, 'print', before ? printKeyOf(before) : randomBytes(32)))
}

/** A new key, not used before every server that runs has read it. */
export const announceDataKey = async (deps: DataKeyDeps): Promise<string> => {
  const key = await newKey(deps, 'seal', randomBytes(32))
  await store.announceKey(deps.database.plain, key)
  return keyIdOf(key.number)
}

/** Takes the newest announced key into use if nobody lacks it; the ones before it seal no more. */
export const takeIntoUse = (database: Database, lifeMs: number): Promise<string | null> =>
  database.unrecorded(async (tx) => {
    await store.lockKeys(tx)
    const ready = await store.readyKey(tx, lifeMs)
    if (!ready) return null
    await store.retireKeysBefore(tx, ready.number)
    await store.useKey(tx, ready.number)
    return keyIdOf(ready.number)
  })

/** @throws Error where the key-encryption key is another, or the row was altered */
export const unwrapDataKey = async (
  encryption: KeyEncryption,
  { id, wrapped, mark }: { id: string; wrapped: string; mark: string },
): Promise<Buffer> => {
  const key = await encryption.unwrap(wrapped, id)
  if (keyMark(key) !== mark) throw new Error(`the data key ${id} is not the one that was wrapped`)
  return key
}

/** All data keys under the key-encryption key of now, in one transaction. */
export const wrapAnew = ({ database, encryption }: Pick<DataKeyDeps, 'database' | 'encryption'>): Promise<number> =>
  database.unrecorded(async (tx) => {
    await store.lockKeys(tx)
    const due = (await store.listKeys(tx)).filter(({ wrapped }) => !encryption.isCurrent(wrapped))
    for (const { number, ...it } of due) {
      const id = keyIdOf(number)
      const key = await unwrapDataKey(encryption, { id, ...it })
      await store.rewrapKey(tx, number, await encryption.wrap(key, id))
    }
    return due.length
  })
