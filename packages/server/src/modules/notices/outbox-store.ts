import type { FaultParameters, Locale, NoticeCode, WebhookDelivery } from '@yiduo/contract'
import sql from 'sql-template-tag'
import { type Keyset, maybeRow, pageFrom, rows, type Tx, when, write } from '../../platform/database/index.ts'
import type { Quiet } from './model.ts'

/** What a webhook is told. */
export interface Content {
  readonly code: NoticeCode
  readonly parameters: FaultParameters
  readonly subject: string
  readonly organisationId: string | null
  readonly at: string
}

export interface OutboxRow {
  readonly id: string
  readonly personId: string | null
  readonly webhookId: string | null
  readonly content: Content | null
  readonly attempts: number
  readonly createdAt: Date
  readonly endedAt: Date | null
  readonly outcome: 'delivered' | 'given-up' | 'withdrawn' | null
  readonly problem: string | null
}

const columns = sql`o.id, o.person_id, o.webhook_id, o.content, o.attempts, o.created_at, o.ended_at, o.outcome, o.problem`

export interface ToPost {
  readonly id: string
  readonly webhookId: string
  readonly eventPosition: number | null
  readonly content: Content
  readonly createdAt: Date
}

/** One event is posted to one webhook once for each thing it tells. */
export const insertPosts = (tx: Tx, posts: readonly ToPost[]): Promise<void> =>
  write(
    tx,
    sql`insert into outbox (id, webhook_id, event_position, content, next_at, created_at)
        select p.id, p."webhookId", p."eventPosition", p.content, p."createdAt", p."createdAt"
        from jsonb_to_recordset(${JSON.stringify(posts)}::jsonb)
          as p(id uuid, "webhookId" uuid, "eventPosition" bigint, content jsonb, "createdAt" timestamptz)
        on conflict do nothing`,
  )

/** Who has notices to go by mail and no mail that is under way; and when the last one left. */
export const awaitingMail = (
  tx: Tx,
  limit: number,
): Promise<{ personId: string; quiet: Quiet | null; lastAt: Date | null }[]> =>
  rows(
    tx,
    sql`select n.person_id,
          case when p.quiet_from_hour is not null
            then jsonb_build_object('fromHour', p.quiet_from_hour, 'untilHour', p.quiet_until_hour) end as quiet,
          (select max(o.ended_at) from outbox o where o.person_id = n.person_id and o.outcome = 'delivered') as last_at
        from (select distinct person_id from notices where by_mail and mail_id is null) n
        left join notice_preferences p on p.person_id = n.person_id
        where not exists (select from outbox o where o.person_id = n.person_id and o.ended_at is null)
        order by n.person_id limit ${limit}`,
  )

export const insertMail = (
  tx: Tx,
  it: { id: string; personId: string; nextAt: Date; createdAt: Date },
): Promise<void> =>
  write(
    tx,
    sql`insert into outbox (id, person_id, next_at, created_at)
        values (${it.id}, ${it.personId}, ${it.nextAt}, ${it.createdAt}) on conflict do nothing`,
  )

/**
 * Takes the next one that is due, for as long as the lease lasts. What waits for one webhook goes in order: behind one
 * that does not arrive the others wait. `wasSealed`: an earlier attempt may have arrived.
 */
export const leaseNext = (
  tx: Tx,
  now: Date,
  it: { leaseSeconds: number; withMail: boolean },
): Promise<(OutboxRow & { wasSealed: boolean }) | null> =>
  maybeRow(
    tx,
    sql`with due as (
          select d.id, d.sealed from outbox d
          where d.ended_at is null and d.next_at <= ${now} and coalesce(d.leased_until < clock_timestamp(), true)
            ${when(!it.withMail, sql`and d.webhook_id is not null`)}
            and not exists (select from outbox e
                            where e.webhook_id = d.webhook_id and e.ended_at is null and e.id < d.id)
          order by d.next_at limit 1 for update skip locked)
        update outbox o set attempts = o.attempts + 1, sealed = true,
               leased_until = clock_timestamp() + make_interval(secs => ${it.leaseSeconds}::int)
        from due where o.id = due.id
        returning ${columns}, due.sealed as was_sealed`,
  )

/** Everything that piled up for a person goes into the mail, up to the most that one may hold. */
export const fillMail = (tx: Tx, mailId: string, personId: string, atMost: number): Promise<void> =>
  write(
    tx,
    sql`update notices set mail_id = ${mailId}
        where id in (select id from notices where person_id = ${personId} and by_mail and mail_id is null
                     order by id limit ${atMost})`,
  )

export const keepInside = (tx: Tx, personId: string): Promise<void> =>
  write(tx, sql`update notices set by_mail = false where person_id = ${personId} and by_mail and mail_id is null`)

export const noticesIn = (tx: Tx, mailId: string): Promise<{ code: NoticeCode; parameters: FaultParameters }[]> =>
  rows(tx, sql`select code, parameters from notices where mail_id = ${mailId} order by id`)

export const addressee = (tx: Tx, personId: string): Promise<{ email: string; language: Locale } | null> =>
  maybeRow(
    tx,
    sql`select email, language from notice_preferences where person_id = ${personId} and mail and email is not null`,
  )

/** Only whoever made the attempt says what it came to: a lease that ran out may have passed on. */
const mine = ({ id, attempts }: Pick<OutboxRow, 'id' | 'attempts'>) =>
  sql`id = ${id} and attempts = ${attempts} and ended_at is null`

export const endPost = (
  tx: Tx,
  it: OutboxRow,
  end: { outcome: NonNullable<OutboxRow['outcome']>; problem: string | null; now: Date },
): Promise<void> =>
  write(
    tx,
    sql`update outbox set ended_at = ${end.now}, outcome = ${end.outcome}, problem = ${end.problem}, leased_until = null
        where ${mine(it)}`,
  )

export const postpone = (
  tx: Tx,
  it: OutboxRow,
  to: { nextAt: Date; problem: string; sealed: boolean },
): Promise<void> =>
  write(
    tx,
    sql`update outbox set next_at = ${to.nextAt}, problem = ${to.problem}, sealed = ${to.sealed}, leased_until = null
        where ${mine(it)}`,
  )

/** Given up, and the operator does not know yet; after this the caller sees to it, in the same commit. */
export const takeUntold = (
  tx: Tx,
  now: Date,
  limit: number,
): Promise<Pick<OutboxRow, 'personId' | 'webhookId' | 'problem'>[]> =>
  rows(
    tx,
    sql`update outbox set told_at = ${now}
        where id in (select id from outbox where outcome = 'given-up' and told_at is null order by id limit ${limit})
        returning person_id, webhook_id, problem`,
  )

export const withdrawPosts = (tx: Tx, webhookId: string, now: Date): Promise<void> =>
  write(
    tx,
    sql`update outbox set ended_at = ${now}, outcome = 'withdrawn', leased_until = null
        where webhook_id = ${webhookId} and ended_at is null`,
  )

export const listPosts = (
  tx: Tx,
  webhookId: string,
  state: WebhookDelivery['state'] | null,
  page: Keyset,
): Promise<OutboxRow[]> =>
  rows(
    tx,
    sql`select ${columns} from outbox o where webhook_id = ${webhookId}
          ${when(state === 'waiting', sql`and ended_at is null`)}
          ${when(state !== null && state !== 'waiting', sql`and outcome = ${state}`)} ${pageFrom(page)}`,
  )

export interface PostSummary {
  readonly webhookId: string
  readonly waitingCount: number
  readonly deliveredAt: Date | null
  readonly problem: string | null
}

/** How it goes with each webhook: what waits, when the last arrived, and why the one that waits longest has not. */
export const summariesOf = (tx: Tx, webhookIds: readonly string[]): Promise<PostSummary[]> =>
  rows(
    tx,
    sql`select w.id as webhook_id,
          (select count(*) from outbox o where o.webhook_id = w.id and o.ended_at is null) as waiting_count,
          (select max(o.ended_at) from outbox o where o.webhook_id = w.id and o.outcome = 'delivered') as delivered_at,
          (select o.problem from outbox o where o.webhook_id = w.id and o.ended_at is null order by o.id limit 1) as problem
        from unnest(${[...webhookIds]}::uuid[]) as w(id)`,
  )

/** What became of the last mail to somebody. */
export const lastMail = (tx: Tx, personId: string): Promise<OutboxRow | null> =>
  maybeRow(
    tx,
    sql`select ${columns} from outbox o where person_id = ${personId} and attempts > 0 order by id desc limit 1`,
  )

export const deleteEndedBefore = (tx: Tx, before: Date): Promise<void> =>
  write(tx, sql`delete from outbox where ended_at < ${before} and (outcome <> 'given-up' or told_at is not null)`)
