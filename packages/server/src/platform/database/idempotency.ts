import { fault } from '@yiduo/contract'
import sql from 'sql-template-tag'
import type { Act } from '../../kernel/act.ts'
import { FaultError } from '../../kernel/refusal.ts'
import { maybeRow, run, type Tx } from './query.ts'

/** Keeps the answer in the commit that made it true. A second writer of the same key is sent back to read. */
export const rememberAnswer = async (tx: Tx, act: Act, answer: unknown): Promise<void> => {
  if (!act.idempotency || act.caller.kind !== 'person') return
  const written = await run(
    tx,
    sql`insert into idempotency_keys (person_id, key, operation, body_hash, answer, created_at)
        values (${act.caller.personId}, ${act.idempotency.key}, ${act.operation}, ${act.idempotency.bodyHash},
                ${JSON.stringify(answer ?? null)}, clock_timestamp())
        on conflict do nothing`,
  )
  if (written === 0) throw new FaultError(fault('idempotency-key-in-flight'))
}

/** The answer given before under this key; a fault when the key was used for something else. */
export const recallAnswer = async (tx: Tx, act: Act): Promise<{ answer: unknown } | null> => {
  if (!act.idempotency || act.caller.kind !== 'person') return null
  const kept = await maybeRow<{ operation: string; bodyHash: Buffer; answer: unknown }>(
    tx,
    sql`select operation, body_hash, answer from idempotency_keys
        where person_id = ${act.caller.personId} and key = ${act.idempotency.key}`,
  )
  if (!kept) return null
  if (kept.operation !== act.operation || !kept.bodyHash.equals(act.idempotency.bodyHash))
    throw new FaultError(fault('idempotency-key-reused'))
  return { answer: kept.answer }
}

/** Keys are kept a day; a client repeats within minutes. */
export const forgetAnswers = (tx: Tx): Promise<number> =>
  run(tx, sql`delete from idempotency_keys where created_at < clock_timestamp() - interval '1 day'`)
