import type { Logger } from 'pino'
import sql from 'sql-template-tag'
import type { EmergencyAccess } from '../../kernel/act.ts'
import { type Database, run } from '../database/index.ts'
import { canonicalText, type WrittenEntry } from './canonical.ts'
import { emergencyGrantOf, type RecordDependencies } from './record.ts'

/** An entry that is no act: it has no transaction of its own to be written in, and tells nobody of an event. */
export type LateEntry = Omit<WrittenEntry, 'id' | 'at' | 'before' | 'emergencyGrantId'> & {
  /** Whether emergency access was needed for it is asked of the database when it is written. */
  readonly emergency?: {
    readonly access: EmergencyAccess
    /** Whose it is, bare; none where it is nobody's. */
    readonly owners: readonly string[]
    /** It is on record for being read by emergency access, and for nothing else. */
    readonly alone: boolean
  }
}

export interface LateEntries extends AsyncDisposable {
  /** Written within a second, and before the process ends in order. */
  push(entry: LateEntry): void
}

type Noted = LateEntry & Pick<WrittenEntry, 'id' | 'at'>
type Signed = WrittenEntry & { readonly mac: string }

const insertEntries = (database: Database, entries: readonly Signed[]): Promise<number> => {
  const of = <Key extends keyof Signed>(key: Key) => entries.map((it) => it[key])
  return run(
    database.plain,
    sql`insert into audit_entries
          (id, at, actor, actor_organisation_id, on_behalf_of, operation, target, organisation_id, address, trace, before,
           after, emergency_grant_id, outcome, mac)
        select id, at, actor, actor_organisation_id, on_behalf_of, operation, target, organisation_id, address, trace, null,
               after::json, emergency_grant_id, outcome, mac
        from unnest(${of('id')}::uuid[], ${of('at')}::timestamptz[], ${of('actor')}::text[],
                    ${of('actorOrganisationId')}::uuid[], ${of('onBehalfOf')}::text[], ${of('operation')}::text[],
                    ${of('target')}::text[], ${of('organisationId')}::uuid[], ${of('address')}::text[],
                    ${of('trace')}::text[], ${of('after')}::text[], ${of('emergencyGrantId')}::uuid[],
                    ${of('outcome')}::text[], ${of('mac')}::text[])
          as late (id, at, actor, actor_organisation_id, on_behalf_of, operation, target, organisation_id, address, trace,
                   after, emergency_grant_id, outcome, mac)`,
  )
}

/** So many entries are written at once, and so often. */
const batch = 1_000
const everyMs = 1_000

export const createLateEntries = ({
  database,
  clock,
  newId,
  mac,
  log,
}: RecordDependencies & { readonly database: Database; readonly log: Logger }): LateEntries => {
  const noted: Noted[] = []
  let writing = Promise.resolve()

  /** None where it need not be on record after all. */
  const signed = async ({ emergency, ...it }: Noted): Promise<Signed[]> => {
    const emergencyGrantId = emergency
      ? await emergencyGrantOf(database.plain, emergency.access, emergency.owners)
      : null
    if (emergency?.alone && emergencyGrantId === null) return []
    const entry: WrittenEntry = { ...it, before: null, emergencyGrantId }
    return [{ ...entry, mac: mac.sign(canonicalText(entry)) }]
  }
  const write = async (): Promise<void> => {
    while (noted.length > 0) {
      const some = noted.slice(0, batch)
      const entries: Signed[] = []
      for (const it of some) entries.push(...(await signed(it)))
      if (entries.length > 0) await insertEntries(database, entries)
      noted.splice(0, some.length)
    }
  }
  /** One at a time; what could not be written stays noted. */
  const flush = (): Promise<void> => {
    writing = writing.then(write).catch((error: Error) => log.error({ err: error }, 'entries wait to be put on record'))
    return writing
  }
  const beat = setInterval(() => {
    if (noted.length > 0) void flush()
  }, everyMs)

  return {
    push: (entry) => void noted.push({ ...entry, id: newId(), at: clock.now() }),
    async [Symbol.asyncDispose]() {
      clearInterval(beat)
      await flush()
    },
  }
}
