import type { Clock } from '../../kernel/clock.ts'
import { present } from '../../kernel/invariant.ts'
import type { Database, Tx } from '../../platform/database/index.ts'
import type { Mac, SealedColumn, Secrets } from '../../platform/secrets/index.ts'
import * as store from './chain-store.ts'
import { keyText } from './model.ts'
import type { ExportSeal, Signature } from './seal-export.ts'
import { createSm2Pair, type Sm2Pair, signSm2 } from './sm2.ts'

export interface KeyDeps {
  readonly clock: Clock
  readonly secrets: Pick<Secrets, 'seal' | 'open'>
  readonly mac: Mac
}

const contextOf = (number: number | string): string => `audit key ${number}`

export const sealedSigningKeys: SealedColumn = { table: 'audit_keys', column: 'private_key', id: 'number', contextOf }

/** Makes the key of that number. */
export const createKey = async (deps: KeyDeps, tx: Tx, number: number): Promise<store.SealKey> => {
  const { privateKey, publicKey } = createSm2Pair()
  const made = {
    number,
    publicKey,
    privateKey: deps.secrets.seal(privateKey, contextOf(number)),
    mac: deps.mac.sign(keyText(number, publicKey)),
    createdAt: deps.clock.now(),
  }
  await store.insertKey(tx, made)
  return made
}

/** The key that signs now, held by this transaction; the first one is made here. */
export const holdKey = async (deps: KeyDeps, tx: Tx): Promise<store.SealKey> => {
  const held = await store.lockKey(tx)
  if (held) return held
  await createKey(deps, tx, 1)
  return present(await store.lockKey(tx), 'the key of the audit trail') // or the one that another process made first
}

export const pairOf = ({ secrets }: KeyDeps, { number, publicKey, privateKey }: store.SealKey): Sm2Pair => ({
  publicKey,
  privateKey: secrets.open(present(privateKey, `the private key ${number} of the audit trail`), contextOf(number)),
})

type Signing = KeyDeps & { readonly database: Database }

export const sign = (deps: Signing, text: string): Promise<Signature> =>
  deps.database.unrecorded(async (tx) => {
    const key = await holdKey(deps, tx)
    return { keyNumber: key.number, publicKey: key.publicKey, signature: signSm2(text, pairOf(deps, key)) }
  })

export const isOurs = async (
  { database, mac }: Signing,
  { keyNumber, publicKey }: Pick<ExportSeal, 'keyNumber' | 'publicKey'>,
): Promise<boolean> => {
  const key = (await store.allKeys(database.plain)).find((it) => it.number === keyNumber)
  return key?.publicKey === publicKey && mac.isSigned(keyText(keyNumber, publicKey), key.mac)
}
