import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { present } from '../../kernel/invariant.ts'
import type { Signals } from '../signals/listener.ts'
import { type DataKeyDeps, ensureFirstKeys, keyChannel, keyIdOf, takeIntoUse, unwrapDataKey } from './data-key.ts'
import type { KeyEncryption } from './key-encryption.ts'
import type { KeyRing } from './seal.ts'
import * as store from './store.ts'
import type { SuiteName } from './suite.ts'

/** The keys that this process has, as long as it runs: new ones join it, and the current one changes. */
export interface Keychain extends AsyncDisposable {
  readonly ring: KeyRing
  /** For signatures: its current key stays the same, and what any earlier one signed is known again. */
  readonly signingRing: KeyRing
  /** Looks again at once. */
  refresh(): Promise<void>
}

export interface KeychainDeps extends DataKeyDeps {
  /** Of this process. */
  readonly id: string
  readonly signals: Signals
  readonly log: Logger
  readonly everyMs: number
  readonly isNewInstallation: boolean
}

/** A server that was silent for so many looks is taken for dead: no key waits for it. */
export const lifeMsOf = (everyMs: number): number => everyMs * 6

interface LivingRing extends KeyRing {
  current: string
  keys: Record<string, Buffer>
  suites: Record<string, SuiteName>
  printKey?: Buffer
}

interface Held {
  readonly ring: LivingRing
  readonly signingRing: LivingRing
  readonly reads: Set<number>
}

const ringFrom = ({ ring }: KeyEncryption): LivingRing => ({
  current: '',
  suites: {},
  ...ring,
  keys: { ...ring?.keys },
})

const emptyFrom = (encryption: KeyEncryption): Held => ({
  ring: ringFrom(encryption),
  signingRing: ringFrom(encryption),
  reads: new Set(),
})

/** Reads what is new. One that is in use already and cannot be read is a defect of the set-up: nothing would open. */
const read = async (
  { encryption, log }: Pick<KeychainDeps, 'encryption' | 'log'>,
  held: Held,
  rows: readonly store.DataKeyRow[],
) => {
  const { ring, signingRing, reads } = held
  for (const it of rows.filter(({ number }) => !reads.has(number))) {
    const id = keyIdOf(it.number)
    try {
      const key = await unwrapDataKey(encryption, { id, ...it })
      reads.add(it.number)
      if (it.purpose === 'print') ring.printKey = key
      else (it.purpose === 'sign' ? signingRing : ring).keys[id] = key
      if (it.purpose === 'sign') signingRing.current = id
      ring.suites[id] = it.suite
    } catch (error) {
      if (it.usedFrom !== null) throw error
      log.error({ err: error, key: id }, 'this server cannot read a new key, which waits for it')
    }
  }
}

/** As they are now: for a command, which is done before they change. */
export const readKeys = async (deps: Pick<KeychainDeps, 'database' | 'encryption' | 'log'>) => {
  const held = emptyFrom(deps.encryption)
  const rows = await store.listKeys(deps.database.plain)
  await read(deps, held, rows)
  const current = inUse(rows)
  if (current) held.ring.current = keyIdOf(current.number)
  return held
}

const inUse = (rows: readonly store.DataKeyRow[]): store.DataKeyRow | undefined =>
  rows.find((it) => it.purpose === 'seal' && it.usedFrom !== null && it.retiredAt === null)

const lookAgain = async (deps: KeychainDeps, held: Held): Promise<void> => {
  const { database, id, everyMs, signals } = deps
  const rows = await store.listKeys(database.plain)
  await read(deps, held, rows)
  const current = inUse(rows)
  if (current) held.ring.current = keyIdOf(current.number)
  await store.reportReader(database.plain, id, [...held.reads], current?.number ?? null)
  if (!rows.some((it) => it.usedFrom === null)) return
  const taken = await takeIntoUse(database, lifeMsOf(everyMs))
  if (taken === null) return
  held.ring.current = present(held.ring.keys[taken], 'key') && taken // it was not ready while we lacked it
  signals.ring([keyChannel])
}

/**
 * A server says that it is there before it reads the keys, and says which it has read after. So whoever takes a key into
 * use either sees a server that lacks it, and waits, or the server came later and reads it before anything else.
 */
const open = async (deps: KeychainDeps): Promise<Held> => {
  const { database, id, encryption, isNewInstallation } = deps
  await store.reportReader(database.plain, id, [], null)
  await ensureFirstKeys(deps, isNewInstallation)
  const held = emptyFrom(encryption)
  await lookAgain(deps, held)
  present(held.ring.keys[held.ring.current], 'current key')
  return held
}

/** One look at a time; whoever asks meanwhile gets the next one. */
const createLooks = (look: () => Promise<void>) => {
  let running: Promise<void> = Promise.resolve()
  return (): Promise<void> => {
    running = running.catch(() => undefined).then(look) // whoever asked for that one has heard of its failure
    return running
  }
}

export const createKeychain = async (deps: KeychainDeps): Promise<Keychain> => {
  const { database, signals, log, everyMs, id } = deps
  const held = await open(deps)
  const refresh = createLooks(() => lookAgain(deps, held))
  const quietly = () =>
    refresh().catch((error: Error) => log.warn({ err: error }, 'the keys could not be looked at; they will be again'))
  const stopping = new AbortController()
  const unhear = signals.on(keyChannel, () => void quietly())
  const looking = (async () => {
    for (;;) {
      await delay(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined) // stopped while waiting
      if (stopping.signal.aborted) return
      await quietly()
    }
  })()
  return {
    ring: held.ring,
    signingRing: held.signingRing,
    refresh,
    async [Symbol.asyncDispose]() {
      unhear()
      stopping.abort()
      await looking
      await refresh().catch(() => undefined) // none is under way when the database closes
      await store.deleteReader(database.plain, id).catch(() => undefined) // taken for dead soon, then
    },
  }
}
