import sql from 'sql-template-tag'
import { maybeRow, type Tx, write } from '../../platform/database/index.ts'

/** How long the process of an operator waits. */
export interface PolicyRow {
  /** Past its end, running and charged still, before it goes into the recycle bin. */
  readonly graceDays: number
  /** In the recycle bin before it is wiped. */
  readonly recycleDays: number
  /** Before an end people are told of it; the most first, none twice. */
  readonly noticeDays: readonly number[]
}

export const findPolicy = (tx: Tx, organisationId: string): Promise<PolicyRow | null> =>
  maybeRow(
    tx,
    sql`select grace_days, recycle_days, notice_days from process_policies where organisation_id = ${organisationId}`,
  )

export const savePolicy = (tx: Tx, organisationId: string, it: PolicyRow): Promise<void> =>
  write(
    tx,
    sql`insert into process_policies (organisation_id, grace_days, recycle_days, notice_days)
        values (${organisationId}, ${it.graceDays}, ${it.recycleDays}, ${[...it.noticeDays]}::int[])
        on conflict (organisation_id) do update set grace_days = excluded.grace_days, recycle_days = excluded.recycle_days,
          notice_days = excluded.notice_days`,
  )
