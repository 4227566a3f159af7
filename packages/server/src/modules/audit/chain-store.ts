import sql, { type Sql } from 'sql-template-tag'
import { maybeRow, oneRow, rows, run, type Tx, write } from '../../platform/database/index.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { Link, LinkedText } from './model.ts'

const fields = sql`e.id, (extract(epoch from e.at) * 1000000)::bigint, e.actor, e.actor_organisation_id, e.on_behalf_of,
  e.operation, e.target, e.organisation_id, e.address, e.trace, e.before, e.after`
/** Put together from the columns as `canonicalText` did it when the entry was written. */
export const canonical: Sql = sql`case
  when e.emergency_grant_id is null and e.outcome is null then json_build_array(${fields})
  when e.outcome is null then json_build_array(${fields}, e.emergency_grant_id)
  when e.emergency_grant_id is null then json_build_array(${fields}, e.outcome)
  else json_build_array(${fields}, e.emergency_grant_id, e.outcome) end::text`

export interface Waiting extends LinkedText {
  readonly entryId: string
  readonly at: string
}

/** Takes entries out of the queue, in its order; those that are chained already are only taken out. */
export const takeWaiting = (tx: Tx, limit: number): Promise<Waiting[]> =>
  rows(
    tx,
    // Looked up one by one (`offset 0`): of a long trail a join would read all for these few.
    sql`with due as (select number, entry_id, at from audit_queue order by number limit ${limit}),
             gone as (delete from audit_queue q using due where q.number = due.number)
        select due.entry_id, due.at::text as at, found.text, found.mac
        from due left join lateral (
          select ${canonical} as text, e.mac from audit_entries e where e.id = due.entry_id and e.at = due.at offset 0) found
          on true
        where not exists (select from audit_chain c where c.entry_id = due.entry_id)
        order by due.number`,
  )

export const insertLinks = (tx: Tx, links: readonly Link[]): Promise<void> =>
  write(
    tx,
    sql`insert into audit_chain (position, entry_id, at, hash, mac)
        select * from unnest(${links.map((it) => it.position)}::bigint[], ${links.map((it) => it.entryId)}::uuid[],
                             ${links.map((it) => it.at)}::timestamptz[], ${links.map((it) => it.hash)}::bytea[],
                             ${links.map((it) => it.mac)}::text[])`,
  )

const checkpointColumns = sql`number, installation, position, hash, at, previous, unsigned_up_to, key_number, public_key,
  next_public_key, signature`

export const lastCheckpoint = (tx: Tx): Promise<Checkpoint | null> =>
  maybeRow(tx, sql`select ${checkpointColumns} from audit_checkpoints order by number desc limit 1`)

export const firstCheckpoint = (tx: Tx): Promise<Checkpoint | null> =>
  maybeRow(tx, sql`select ${checkpointColumns} from audit_checkpoints order by number limit 1`)

export const findCheckpoint = (tx: Tx, number: number): Promise<Checkpoint | null> =>
  maybeRow(tx, sql`select ${checkpointColumns} from audit_checkpoints where number = ${number}`)

/** In their order, behind a number. */
export const checkpointsAfter = (tx: Tx, number: number, limit: number): Promise<Checkpoint[]> =>
  rows(
    tx,
    sql`select ${checkpointColumns} from audit_checkpoints where number > ${number} order by number limit ${limit}`,
  )

export const insertCheckpoint = (tx: Tx, it: Checkpoint): Promise<void> =>
  write(
    tx,
    sql`insert into audit_checkpoints (${checkpointColumns})
        values (${it.number}, ${it.installation}, ${it.position}, ${it.hash}, ${it.at}, ${it.previous},
                ${it.unsignedUpTo}, ${it.keyNumber}, ${it.publicKey}, ${it.nextPublicKey}, ${it.signature})`,
  )

export interface SealKey {
  readonly number: number
  readonly publicKey: string
  /** Sealed; null once it signs no more. */
  readonly privateKey: string | null
  readonly mac: string
  readonly createdAt: Date
}

/** The newest key. Whoever holds it seals alone until the transaction ends. */
export const lockKey = (tx: Tx): Promise<SealKey | null> =>
  maybeRow(
    tx,
    sql`select number, public_key, private_key, mac, created_at from audit_keys order by number desc limit 1 for update`,
  )

/** False where another process was first. */
export const insertKey = async (tx: Tx, it: SealKey): Promise<boolean> =>
  (await run(
    tx,
    sql`insert into audit_keys (number, public_key, private_key, mac, created_at)
        values (${it.number}, ${it.publicKey}, ${it.privateKey}, ${it.mac}, ${it.createdAt}) on conflict do nothing`,
  )) > 0

export const forgetPrivateKey = (tx: Tx, number: number): Promise<void> =>
  write(tx, sql`update audit_keys set private_key = null where number = ${number}`)

export const allKeys = (tx: Tx): Promise<SealKey[]> =>
  rows(tx, sql`select number, public_key, private_key, mac, created_at from audit_keys order by number`)

/** The newest first. */
export const checkpointsBefore = (tx: Tx, number: number, limit: number): Promise<Checkpoint[]> =>
  rows(
    tx,
    sql`select ${checkpointColumns} from audit_checkpoints where number < ${number} order by number desc limit ${limit}`,
  )

export const countWaiting = async (tx: Tx): Promise<number> =>
  (await oneRow<{ count: number }>(tx, sql`select count(*) as count from audit_queue`)).count

/** The one that waits longest. */
export const firstWaiting = (tx: Tx): Promise<{ number: number; entryId: string } | null> =>
  maybeRow(tx, sql`select number, entry_id from audit_queue order by number limit 1`)

export const isAnyWaiting = async (tx: Tx): Promise<boolean> =>
  (await maybeRow(tx, sql`select number from audit_queue limit 1`)) !== null
