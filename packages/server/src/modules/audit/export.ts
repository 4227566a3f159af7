import {
  type AuditEntry,
  type auditExport,
  auditMediaTypes,
  type FileContent,
  type Locale,
  messages,
  type QueryOf,
} from '@yiduo/contract'
import { type Act, callerName, type Scope } from '../../kernel/act.ts'
import type { Row } from '../../platform/sheets/index.ts'
import { csvOf } from '../../platform/sheets/index.ts'
import { type AuditDeps, filterOf, view } from './list.ts'
import { exportOf, sealedExport } from './seal-export.ts'
import * as store from './store.ts'

const pageLength = 1_000

/** All entries of a filter, the newest first, as fast as they are read. */
async function* entriesOf(
  { database }: AuditDeps,
  scope: Scope,
  filter: store.AuditFilter,
): AsyncGenerator<AuditEntry> {
  for (let after: string | null = null; ; ) {
    const page = { limit: pageLength, after }
    const found: store.AuditRow[] = await store.listEntries(database.plain, scope, filter, page)
    yield* found.slice(0, pageLength).map(view)
    const last = found[pageLength - 1]
    if (found.length <= pageLength || !last) return
    after = last.id
  }
}

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

async function* rowsOf(entries: AsyncIterable<AuditEntry>): AsyncGenerator<Row> {
  for await (const it of entries)
    yield [
      it.id,
      it.at,
      it.actor,
      it.actorOrganisationId,
      it.onBehalfOf,
      it.operation,
      it.target,
      it.organisationId,
      it.address,
      it.trace,
      json(it.before),
      json(it.after),
      it.outcome,
      it.emergencyGrantId,
      it.position,
    ]
}

const headingsOf = [
  'id',
  'at',
  'actor',
  'actor-organisation',
  'on-behalf-of',
  'operation',
  'target',
  'organisation',
  'address',
  'trace',
  'before',
  'after',
  'outcome',
  'emergency-grant',
] as const

const csv = (entries: AsyncIterable<AuditEntry>, locale: Locale): ReadableStream<Uint8Array<ArrayBuffer>> => {
  const { headings } = messages[locale]
  const texts = headingsOf.map((it) => ({ title: headings[it], kind: 'text' as const }))
  const columns = [...texts, { title: headings.position, kind: 'integer' as const }]
  return csvOf({ name: headings['audit-trail'], columns, rows: rowsOf(entries) })
}

const lines = (entries: AsyncGenerator<AuditEntry>): ReadableStream<Uint8Array<ArrayBuffer>> => {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await entries.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`))
    },
    async cancel() {
      await entries.return(undefined)
    },
  })
}

/** The entries of a filter as a file whose last line is signed; that somebody took it is an entry itself. */
export const exportTrail =
  (deps: AuditDeps) =>
  async (act: Act, query: QueryOf<typeof auditExport>, locale: Locale): Promise<FileContent> => {
    const { format = 'csv', ...asked } = query
    const scope = await deps.within(deps.database.plain, act.scope, query.organisationId)
    await deps.database.transaction(act, (tx) =>
      deps.record(tx, { on: 'audit-trail', organisationId: null, after: { format, ...asked } }),
    )
    const reach = act.scope.all ? 'all' : 'part'
    const of = exportOf({ by: callerName(act.caller), reach, at: deps.clock.now().toISOString(), cutBy: asked })
    const entries = entriesOf(deps, scope, filterOf(query))
    const content = format === 'csv' ? csv(entries, locale) : lines(entries)
    const name = `${messages[locale].headings['audit-trail']} ${deps.clock.now().toISOString().slice(0, 10)}.${format}`
    return { mediaType: auditMediaTypes[format], name, content: sealedExport(content, { format, of }, deps.trail.sign) }
  }
