import type { Logger } from 'pino'
import sql from 'sql-template-tag'
import type { Act } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import { type Database, run } from '../database/index.ts'
import { canonicalText, type WrittenEntry } from './canonical.ts'
import { entryOf, jsonOf, type RecordDependencies } from './record.ts'

/** What somebody has read that must be on record. */
export interface Read {
  /** Typed id of what was read; the operation's noun for a list. */
  readonly on: string
  /** Whose it is, bare; null where it is several organisations' or nobody's. */
  readonly organisationId: string | null
  readonly after?: unknown
  /** Each time it is read, not only once in a while. */
  readonly always: boolean
}

/** Takes note of a read, off the reader's path: it is written within a second, and before the process ends in order. */
export type NoteRead = (act: Act, read: Read) => void

export interface Reads extends AsyncDisposable {
  readonly note: NoteRead
}

type Signed = WrittenEntry & { readonly mac: string }

const insertReads = (database: Database, entries: readonly Signed[]): Promise<number> => {
  const of = <Key extends keyof Signed>(key: Key) => entries.map((it) => it[key])
  return run(
    database.plain,
    sql`insert into audit_entries
          (id, at, actor, actor_organisation_id, on_behalf_of, operation, target, organisation_id, address, trace, before,
           after, mac)
        select id, at, actor, actor_organisation_id, on_behalf_of, operation, target, organisation_id, address, trace, null,
               after::json, mac
        from unnest(${of('id')}::uuid[], ${of('at')}::timestamptz[], ${of('actor')}::text[],
                    ${of('actorOrganisationId')}::uuid[], ${of('onBehalfOf')}::text[], ${of('operation')}::text[],
                    ${of('target')}::text[], ${of('organisationId')}::uuid[], ${of('address')}::text[],
                    ${of('trace')}::text[], ${of('after')}::text[], ${of('mac')}::text[])
          as read (id, at, actor, actor_organisation_id, on_behalf_of, operation, target, organisation_id, address, trace,
                   after, mac)`,
  )
}

/** A screen that looks again every few seconds is one look in so long. */
const sameMs = 10 * 60_000

/** What was noted within so long, so that a screen left open does not fill the trail. */
const createMemory = (clock: Clock) => {
  const until = new Map<string, number>()
  return {
    isNew(key: string): boolean {
      const now = clock.now().getTime()
      if ((until.get(key) ?? 0) > now) return false
      until.set(key, now + sameMs)
      return true
    },
    forget() {
      const now = clock.now().getTime()
      for (const [key, end] of until) if (end <= now) until.delete(key)
    },
  }
}

/** So many entries are written at once, and so often. */
const batch = 1_000
const everyMs = 1_000

/** Reads are no acts: they have no transaction of their own to be written in, and tell nobody of an event. */
export const createReads = ({
  database,
  clock,
  newId,
  mac,
  log,
}: RecordDependencies & { readonly database: Database; readonly log: Logger }): Reads => {
  const memory = createMemory(clock)
  const noted: Signed[] = []
  let writing = Promise.resolve()

  const write = async (): Promise<void> => {
    while (noted.length > 0) {
      const some = noted.slice(0, batch)
      await insertReads(database, some)
      noted.splice(0, some.length)
    }
  }
  /** One at a time; what could not be written stays noted. */
  const flush = (): Promise<void> => {
    writing = writing.then(write).catch((error: Error) => log.error({ err: error }, 'reads wait to be put on record'))
    return writing
  }
  const beat = setInterval(() => {
    memory.forget()
    if (noted.length > 0) void flush()
  }, everyMs)

  return {
    note(act, { on, organisationId, after, always }) {
      const who = entryOf(act)
      if (!always && !memory.isNew([who.actor, act.operation, on, organisationId, who.address].join('\n'))) return
      const entry: WrittenEntry = {
        ...who,
        id: newId(),
        at: clock.now(),
        operation: act.operation,
        target: on,
        organisationId,
        before: null,
        after: jsonOf(after),
        emergencyGrantId: null, // what was changed bears the mark; to know it of a read, each would ask the database
      }
      noted.push({ ...entry, mac: mac.sign(canonicalText(entry)) })
    },
    async [Symbol.asyncDispose]() {
      clearInterval(beat)
      await flush()
    },
  }
}
