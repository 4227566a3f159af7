import type { Logger } from 'pino'
import type { Database } from '../database/index.ts'
import { type Reconciler, reconciler } from '../reconcilers/index.ts'
import { keyIdOf } from './data-key.ts'
import { type Keychain, lifeMsOf } from './keychain.ts'
import { createSecrets, sealedHead } from './seal.ts'
import * as store from './store.ts'

export interface ResealDeps {
  readonly database: Database
  readonly keychain: Keychain
  readonly columns: readonly store.SealedColumn[]
  readonly log: Logger
  /** How often servers say what they read. */
  readonly reportMs: number
}

const atOnce = 100

/** Row by row, so that nobody waits for it: a secret that somebody edits meanwhile is sealed with the new key already. */
const resealColumn = async ({ database, keychain, log }: ResealDeps, column: store.SealedColumn): Promise<void> => {
  const secrets = createSecrets(keychain.ring)
  for (let after: string | null = null; ; ) {
    const head = sealedHead(keychain.ring)
    const found: Awaited<ReturnType<typeof store.sealedOtherwise>> = await store.sealedOtherwise(
      database.plain,
      column,
      head,
      after,
      atOnce,
    )
    for (const row of found)
      try {
        const context = column.contextOf(row.owner)
        await store.replaceSealed(database.plain, column, row, secrets.seal(secrets.open(row.sealed, context), context))
      } catch (error) {
        log.error({ err: error, table: column.table, id: row.id }, 'a sealed value does not open; it is left as it is')
      }
    after = found.at(-1)?.id ?? null
    if (found.length < atOnce) return
  }
}

/** Keys that nothing names any more, once no living server seals with them. */
const dropUnnamed = async ({ database, keychain, columns, reportMs }: ResealDeps): Promise<void> => {
  const resting = await store.restingKeys(database.plain)
  if (resting.length === 0) return
  const { current } = keychain.ring
  const readers = await store.livingReaders(database.plain, lifeMsOf(reportMs))
  if (readers.some(({ sealsWith }) => sealsWith === null || keyIdOf(sealsWith) !== current)) return
  const named = new Set<string>()
  for (const column of columns)
    for (const { keyId } of await store.countSealed(database.plain, column)) named.add(keyId)
  for (const { number } of resting) if (!named.has(keyIdOf(number))) await store.deleteKey(database.plain, number)
}

/** Seals anew what another key than the current one sealed. */
export const createResealReconciler = (deps: ResealDeps): Reconciler =>
  reconciler('reseal', 60_000, async () => {
    await deps.keychain.refresh()
    for (const column of deps.columns) await resealColumn(deps, column)
    await dropUnnamed(deps)
    await store.forgetReaders(deps.database.plain)
  })
