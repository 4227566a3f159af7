import { type FileContent, fromId, type Locale, messages, type QueryOf, type usageExport } from '@yiduo/contract'
import { monthBounds } from '@yiduo/engines'
import type { Act } from '../../kernel/act.ts'
import type { Database, Tx } from '../../platform/database/index.ts'
import { type Column, type Row, sheetFile } from '../../platform/sheets/index.ts'
import * as store from './store.ts'

/** What things are called, by their bare ids. */
export type NamesOf = (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>

export interface ExportDeps {
  readonly database: Database
  readonly organisationNames: NamesOf
  readonly systemNames: NamesOf
  readonly componentNames: NamesOf
}

const columnsIn = (locale: Locale): readonly Column[] => {
  const { headings } = messages[locale]
  return [
    { title: headings.organisation, kind: 'text' },
    { title: headings.system, kind: 'text' },
    { title: headings.resource, kind: 'text' },
    { title: headings.component, kind: 'text' },
    { title: headings.phase, kind: 'text' },
    { title: headings.quantity, kind: 'integer' },
    { title: headings['started-at'], kind: 'instant' },
    { title: headings['ended-at'], kind: 'instant' },
  ]
}

const distinct = (ids: readonly string[]): string[] => [...new Set(ids)]

const pageLimit = 1_000

/** Page by page as they are written: a province's year is never in memory. */
async function* rowsOf(
  { database: { plain }, organisationNames, systemNames, componentNames }: ExportDeps,
  act: Act,
  filter: store.UsageFilter,
  locale: Locale,
): AsyncGenerator<Row> {
  const { headings } = messages[locale]
  for (let after: string | null = null; ; ) {
    const page = await store.listUsage(plain, act.scope, filter, { limit: pageLimit - 1, after })
    const organisations = await organisationNames(plain, distinct(page.map((it) => it.organisationId)))
    const systems = await systemNames(plain, distinct(page.map((it) => it.systemId)))
    const components = await componentNames(plain, distinct(page.map((it) => it.componentId)))
    for (const it of page)
      yield [
        organisations.get(it.organisationId) ?? null,
        systems.get(it.systemId) ?? null,
        it.resourceName,
        components.get(it.componentId) ?? null,
        headings[`phase-${it.phase}`],
        it.quantity,
        it.startedAt,
        it.endedAt,
      ]
    const last = page.at(-1)
    if (!last || page.length < pageLimit) return
    after = last.id
  }
}

export const exportUsage =
  (deps: ExportDeps) =>
  (act: Act, { format, month, systemId }: QueryOf<typeof usageExport>, locale: Locale): Promise<FileContent> => {
    const bounds = month === undefined ? null : monthBounds(month)
    const filter = {
      systemId: systemId === undefined ? null : fromId('system', systemId),
      resourceId: null,
      from: bounds?.startsAt ?? null,
      before: bounds?.endsAt ?? null,
    }
    const name = [messages[locale].headings.usage, ...(month === undefined ? [] : [month])].join(' ')
    return sheetFile({ name, columns: columnsIn(locale), rows: rowsOf(deps, act, filter, locale) }, format)
  }
