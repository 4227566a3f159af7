import { type FileContent, fill, fromId, type Locale, messages, type SheetFormat } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { type Column, type Row, sheetFile } from '../../platform/sheets/index.ts'
import { type Rated, readBill } from './rate.ts'
import type { SettlementDeps } from './service.ts'

const columnsIn = (locale: Locale): readonly Column[] => {
  const { headings } = messages[locale]
  return [
    { title: headings.system, kind: 'text' },
    { title: headings.resource, kind: 'text' },
    { title: headings.component, kind: 'text' },
    { title: headings.phase, kind: 'text' },
    { title: headings.quantity, kind: 'integer' },
    { title: headings.seconds, kind: 'integer' },
    { title: headings['month-seconds'], kind: 'integer' },
    { title: headings['monthly-price'], kind: 'price' },
    { title: headings.amount, kind: 'money' },
    { title: headings.remark, kind: 'text' },
  ]
}

const rowsOf = async (deps: SettlementDeps, tx: Tx, rated: Rated, locale: Locale): Promise<Row[]> => {
  const { headings } = messages[locale]
  const { lines, corrections } = rated
  const ids = [...lines, ...corrections].flatMap((it) => it.systemId ?? [])
  const systems = await deps.systemNames(tx, [...new Set(ids)])
  const components = await deps.componentNames(tx, [...new Set(corrections.flatMap((it) => it.componentId ?? []))])
  const none = null
  return [
    ...lines.map(
      (it): Row => [
        systems.get(it.systemId) ?? null,
        it.resourceName,
        it.componentName,
        headings[`phase-${it.phase}`],
        it.quantity,
        it.seconds,
        it.monthSeconds,
        it.monthlyPriceYuanE4,
        it.amountYuanE4,
      ],
    ),
    ...corrections.map(
      (it): Row => [
        systems.get(it.systemId ?? '') ?? null,
        none,
        components.get(it.componentId ?? '') ?? null,
        ...[none, none, none, none, none],
        it.amountYuanE4,
        fill(headings.correction, { month: it.correctsMonth, reason: it.reason }),
      ],
    ),
    [headings.total, none, none, none, none, none, none, none, rated.amountYuanE4],
  ]
}

/** A month’s bill as a table: a row a line, one a correction, and their sum. */
export const exportBill =
  (deps: SettlementDeps) =>
  async (
    act: Act,
    of: { readonly organisationId: string; readonly month: string },
    format: SheetFormat | undefined,
    locale: Locale,
  ): Promise<FileContent | Refusal> => {
    const { plain } = deps.database
    const uuid = fromId('organisation', of.organisationId)
    const organisation = uuid && (await deps.reachOrganisation(plain, act, uuid))
    if (!organisation) return refuse('not-found')
    const bill = await readBill(deps, plain, { organisationId: organisation.id, month: of.month })
    if (isRefusal(bill)) return bill
    const name = `${messages[locale].headings.bill} ${organisation.name} ${of.month}`
    const rows = await rowsOf(deps, plain, bill.rated, locale)
    return sheetFile({ name, columns: columnsIn(locale), rows }, format)
  }
