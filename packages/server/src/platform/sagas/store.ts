import { type Fault, toId } from '@yiduo/contract'
import sql from 'sql-template-tag'
import { eventChannel } from '../acts/record.ts'
import { maybeRow, ring, rows, run, type Tx, write } from '../database/index.ts'

export const operationChannel = 'yiduo_operations'

export interface StartedBy {
  readonly login: string
  readonly trace: string
}

/** What an undo could not take back, with the cloud's words. */
export type Residue = readonly { readonly step: string; readonly words: string }[]

export interface ClaimedOperation {
  readonly id: string
  readonly saga: string
  readonly input: unknown
  readonly organisationId: string
  readonly subject: string | null
  readonly startedBy: StartedBy
  readonly state: 'running' | 'undoing'
  readonly position: number
  readonly fault: Fault | null
  readonly residue: Residue
  /** How often taking back what was left has been tried again; whoever asked for it was told the first time. */
  readonly retakes: number
  /** Restored from a backup: clouds may have seen steps of it that its journal does not know. */
  readonly doubtful: boolean
  /** Whether the journal has a step of it. */
  readonly begun: boolean
}

export interface StepRow {
  readonly position: number
  readonly name: string
  readonly state: 'running' | 'done' | 'failed' | 'undone' | 'residue'
  readonly attempts: number
  readonly takeovers: number
  readonly since: Date | null
  readonly handle: string | null
  readonly output: unknown
  /** Why it was made again; null where it was not. */
  readonly remadeFor: Fault | null
  /** While the first is being taken back. */
  readonly remaking: boolean
}

/** What a further call for the same thing is told of the calls before it. */
export type Attempted = Pick<StepRow, 'since' | 'handle' | 'attempts'>

export interface NewOperation {
  readonly id: string
  readonly saga: string
  readonly input: unknown
  readonly organisationId: string
  readonly subject: string | null
  readonly startedBy: StartedBy
  readonly now: Date
}

/** What the event stream tells of an operation as it goes. */
interface Progress {
  readonly id: string
  readonly state: string
  readonly step: string | null
  /** Null on the way back. */
  readonly percent: number | null
}

/** To be followed by `from …`, which answers the operation's row where it was touched. */
const tells = (now: Date, progress: Progress) => sql`
  insert into events (at, type, subject, organisation_id, data)
  select ${now}, 'operation.progress', ${progress.id}, organisation_id, ${JSON.stringify(progress)}`

/** Starting twice is starting once: the id is the operation's. */
export const insertOperations = async (tx: Tx, operations: readonly NewOperation[]): Promise<void> => {
  await run(
    tx,
    sql`insert into operations (id, saga, input, organisation_id, subject, started_by, state, created_at)
        select x.id, x.saga, x.input, x."organisationId", x.subject, x."startedBy", 'queued', x.now
        from jsonb_to_recordset(${JSON.stringify(operations)}::jsonb) as x(
          id uuid, saga text, input jsonb, "organisationId" uuid, subject text, "startedBy" jsonb, now timestamptz)
        on conflict (id) do nothing`,
  )
  ring(tx, operationChannel)
}

/** Takes operations that nobody works on, oldest first. `held` are those this process has in hand already. */
export const claim = (
  tx: Tx,
  it: { owner: string; leaseMs: number; limit: number; held: readonly string[]; sagas: readonly string[] },
): Promise<ClaimedOperation[]> =>
  rows(
    tx,
    sql`update operations set lease_owner = ${it.owner},
               lease_until = clock_timestamp() + make_interval(secs => ${it.leaseMs / 1000}),
               state = case state when 'queued' then 'running' else state end
        where id in (
          select id from operations
          where ended_at is null and saga = any(${[...it.sagas]})
            and (lease_until is null or lease_until < clock_timestamp() or lease_owner = ${it.owner})
            and id <> all(${[...it.held]}::uuid[])
          order by created_at limit ${it.limit} for update skip locked)
        returning id, saga, input, organisation_id, subject, started_by, state, position, fault, residue, retakes, doubtful,
          exists (select from operation_steps s where s.operation_id = operations.id) as begun`,
  )

/** Keeps hold of what is in hand; answers which are still ours. */
export const renew = (tx: Tx, owner: string, leaseMs: number, held: readonly string[]): Promise<{ id: string }[]> =>
  rows(
    tx,
    sql`update operations set lease_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1000})
        where id = any(${[...held]}::uuid[]) and lease_owner = ${owner} and ended_at is null returning id`,
  )

export const letGo = (tx: Tx, owner: string, id: string): Promise<void> =>
  write(
    tx,
    sql`update operations set lease_owner = null, lease_until = null where id = ${id} and lease_owner = ${owner}`,
  )

export const stepsOf = (tx: Tx, id: string): Promise<StepRow[]> =>
  rows(
    tx,
    sql`select position, name, state, attempts, takeovers, since, handle, output, remade_for, remaking from operation_steps
        where operation_id = ${id} order by position`,
  )

/** What a commit journals of the steps that are over. */
export interface StepsOver {
  readonly id: string
  readonly owner: string
  readonly now: Date
  /** The cloud step that ended. */
  readonly ended: { readonly position: number; readonly output: unknown } | null
  /** Those after it that are done in this very commit. */
  readonly passed: readonly { readonly position: number; readonly name: string; readonly output: unknown }[]
}

/** To follow a `held` that answers the operation's id where it was touched. */
const journalled = ({ now, ended, passed }: StepsOver) => sql`
  ended as (
    update operation_steps s set state = 'done', output = ${JSON.stringify(ended?.output ?? null)}, ended_at = ${now}
    from held where s.operation_id = held.id and s.position = ${ended?.position ?? -1}
  ), passed as (
    insert into operation_steps (operation_id, position, name, state, attempts, since, started_at, output, ended_at)
    select held.id, x.position, x.name, 'done', 1, ${now}, ${now}, x.output, ${now}
    from held, jsonb_to_recordset(${JSON.stringify(passed)}::jsonb) as x(position integer, name text, output jsonb)
    on conflict (operation_id, position) do update set attempts = operation_steps.attempts + 1, state = 'done',
      output = excluded.output, ended_at = excluded.ended_at
  )`

/**
 * In one commit: the steps that are over, the one that begins, and the event that tells of it. `false` when the
 * lease was lost: somebody else goes on from here, and this process must touch nothing more.
 */
export const advance = async (
  tx: Tx,
  it: StepsOver & { begins: { position: number; name: string }; progress: Progress },
): Promise<boolean> => {
  const held = await run(
    tx,
    sql`with held as (
          update operations set position = ${it.begins.position}
          where id = ${it.id} and lease_owner = ${it.owner} and ended_at is null
          returning id, organisation_id
        ), ${journalled(it)}, begun as (
          insert into operation_steps (operation_id, position, name, state, attempts, since, started_at)
          select id, ${it.begins.position}, ${it.begins.name}, 'running', 1, ${it.now}, ${it.now} from held
          on conflict (operation_id, position) do update set attempts = operation_steps.attempts + 1, takeovers = operation_steps.takeovers + 1,
            state = 'running'
        ), event as (
          ${tells(it.now, it.progress)} from held
        )
        select from held`,
  )
  ring(tx, eventChannel)
  return held === 1
}

export const isUnfinished = async (tx: Tx, id: string): Promise<boolean> =>
  (await maybeRow(tx, sql`select id from operations where id = ${id} and ended_at is null`)) !== null

/** A step in this process's hands. */
type Held = Pick<StepsOver, 'id' | 'owner'> & Pick<StepRow, 'position'>

/** To precede what is written of the step. */
const holding = ({ id, owner }: Held) => sql`
  held as (select id, organisation_id from operations
           where id = ${id} and lease_owner = ${owner} and ended_at is null for share)`

export const saveHandle = (tx: Tx, it: Held & { handle: string | null; attempts: number }): Promise<void> =>
  write(
    tx,
    sql`update operation_steps s set handle = ${it.handle}, attempts = ${it.attempts} from operations o
        where s.operation_id = ${it.id} and s.position = ${it.position}
          and o.id = s.operation_id and o.lease_owner = ${it.owner}`,
  )

/** From here on what the step made is taken back; null when the lease was lost. */
export const beginRemake = async (
  tx: Tx,
  it: Held & { why: Fault; now: Date; progress: Progress },
): Promise<Attempted | null> => {
  const spoilt = await maybeRow<Attempted>(
    tx,
    sql`with ${holding(it)}, event as (${tells(it.now, it.progress)} from held)
        update operation_steps s set remaking = true, remade_for = ${JSON.stringify(it.why)}
        from held where s.operation_id = held.id and s.position = ${it.position}
        returning s.since, s.handle, s.attempts`,
  )
  ring(tx, eventChannel)
  return spoilt
}

/** From here on the step is made anew: nothing that was known of the first is true of the second. */
export const endRemake = (tx: Tx, it: Held & { now: Date }): Promise<Pick<StepRow, 'attempts'> | null> =>
  maybeRow(
    tx,
    sql`with ${holding(it)}
        update operation_steps s set remaking = false, since = ${it.now}, handle = null, attempts = s.attempts + 1
        from held where s.operation_id = held.id and s.position = ${it.position}
        returning s.attempts`,
  )

/** From here on the operation only takes back. */
export const beginUndo = async (
  tx: Tx,
  id: string,
  owner: string,
  position: number,
  why: Fault,
  now: Date,
): Promise<number> => {
  const held = await run(
    tx,
    sql`with held as (
          update operations set state = 'undoing', fault = ${JSON.stringify(why)}, position = ${position}
          where id = ${id} and lease_owner = ${owner} and ended_at is null returning id, organisation_id
        ), event as (
          ${tells(now, { id: toId('operation', id), state: 'undoing', step: null, percent: null })} from held
        ), step as (
          update operation_steps s set state = 'failed', ended_at = ${now}
          from held where s.operation_id = held.id and s.position = ${position})
        select from held`,
  )
  ring(tx, eventChannel)
  return held
}

export const saveUndone = (
  tx: Tx,
  it: Held & { state: 'undone' | 'residue'; residue: unknown; now: Date },
): Promise<number> =>
  run(
    tx,
    sql`with held as (
          update operations set position = ${it.position - 1}, residue = ${JSON.stringify(it.residue)}
          where id = ${it.id} and lease_owner = ${it.owner} and ended_at is null returning id
        ), step as (
          update operation_steps s set state = ${it.state}, ended_at = ${it.now}
          from held where s.operation_id = held.id and s.position = ${it.position})
        select from held`,
  )

/**
 * Turns operations that left something back to taking back, from the last step that did; what is there to be taken
 * back by then is looked for again. Each time waits twice as long as the one before, five minutes to a day; one that
 * is named waits for nothing.
 */
export const retakeResidue = async (tx: Tx, it: { now: Date; id: string | null }): Promise<{ id: string }[]> => {
  const again = await rows<{ id: string }>(
    tx,
    sql`update operations o set state = 'undoing', ended_at = null, residue = '[]', retakes = retakes + 1,
               position = (select max(s.position) from operation_steps s where s.operation_id = o.id and s.state = 'residue')
        where state = 'failed-with-residue'
          and (id = ${it.id} or ${it.id}::uuid is null
            and ended_at < ${it.now}::timestamptz - make_interval(mins => least(1440, 5 * 2 ^ least(retakes, 20))::integer))
        returning id`,
  )
  if (again.length > 0) ring(tx, operationChannel)
  return again
}

export const finish = async (tx: Tx, it: StepsOver & { state: string; percent: number | null }): Promise<boolean> => {
  const held = await run(
    tx,
    sql`with held as (
          update operations set state = ${it.state}, ended_at = ${it.now}, lease_owner = null, lease_until = null
          where id = ${it.id} and lease_owner = ${it.owner} and ended_at is null returning id, organisation_id
        ), ${journalled(it)}, event as (
          ${tells(it.now, { id: toId('operation', it.id), state: it.state, step: null, percent: it.percent })} from held)
        select from held`,
  )
  ring(tx, eventChannel)
  return held === 1
}

/** Until the end of the transaction nobody takes the operation over; 0 when somebody has. */
export const holdFast = (tx: Tx, id: string, owner: string): Promise<number> =>
  run(tx, sql`select from operations where id = ${id} and lease_owner = ${owner} and ended_at is null for share`)
