import type { SecondFactor } from '@yiduo/contract'
import sql from 'sql-template-tag'
import { maybeRow, rows, run, type Tx, write } from '../../platform/database/index.ts'

export interface FactorRow {
  readonly id: string
  readonly personId: string
  readonly kind: SecondFactor['kind']
  readonly name: string
  /** Sealed. */
  readonly secret: string | null
  readonly lastStep: number | null
  readonly credentialId: string | null
  readonly publicKey: Buffer | null
  readonly counter: number | null
  readonly transports: string[] | null
  readonly createdAt: Date
  readonly confirmedAt: Date | null
  readonly lastUsedAt: Date | null
}

/** Those that prove something; one that was begun and never confirmed does not. */
export const factorsOf = (tx: Tx, personId: string): Promise<FactorRow[]> =>
  rows(tx, sql`select * from second_factors where person_id = ${personId} and confirmed_at is not null order by id`)

export const findFactor = (tx: Tx, personId: string, id: string): Promise<FactorRow | null> =>
  maybeRow(tx, sql`select * from second_factors where id = ${id} and person_id = ${personId}`)

export const insertFactor = (tx: Tx, it: FactorRow): Promise<void> =>
  write(
    tx,
    sql`insert into second_factors (id, person_id, kind, name, secret, last_step, credential_id, public_key, counter,
          transports, created_at, confirmed_at, last_used_at)
        values (${it.id}, ${it.personId}, ${it.kind}, ${it.name}, ${it.secret}, ${it.lastStep}, ${it.credentialId},
                ${it.publicKey}, ${it.counter}, ${it.transports}, ${it.createdAt}, ${it.confirmedAt}, ${it.lastUsedAt})`,
  )

/** What was begun before and not confirmed. */
export const forgetUnconfirmed = (tx: Tx, personId: string): Promise<void> =>
  write(tx, sql`delete from second_factors where person_id = ${personId} and confirmed_at is null`)

/** A code is good once: none where its step, or a later one, has been used. */
export const useStep = (tx: Tx, id: string, step: number, now: Date): Promise<number> =>
  run(
    tx,
    sql`update second_factors set last_step = ${step}, last_used_at = ${now}, confirmed_at = coalesce(confirmed_at, ${now})
        where id = ${id} and (last_step is null or last_step < ${step})`,
  )

/** None where the key has counted as far already: there are two of it. Keys that do not count say zero. */
export const useCounter = (tx: Tx, id: string, counter: number, now: Date): Promise<number> =>
  run(
    tx,
    sql`update second_factors set counter = ${counter}, last_used_at = ${now}
        where id = ${id} and (counter < ${counter} or (counter = 0 and ${counter} = 0))`,
  )

export const deleteFactor = (tx: Tx, personId: string, id: string): Promise<void> =>
  write(tx, sql`delete from second_factors where id = ${id} and person_id = ${personId}`)

export const deleteFactors = (tx: Tx, personId: string): Promise<void> =>
  write(tx, sql`delete from second_factors where person_id = ${personId}`)
