import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { askOf } from './deliver.ts'
import { type PricedLine, priceAll } from './price.ts'
import type { RequestDeps } from './service.ts'
import * as store from './store.ts'

export const sumOfPrices = (lines: readonly { monthlyPriceYuanE4: number }[]): number =>
  lines.reduce((total, line) => total + line.monthlyPriceYuanE4, 0)

/**
 * Prices and plans may have changed since it was drafted or returned: what is sent is what is looked up now, and the
 * request says so. Only what opens is priced by its lines.
 */
export const pricedAnew = async (
  deps: RequestDeps,
  tx: Tx,
  row: store.RequestRow,
): Promise<{ row: store.RequestRow; lines: PricedLine[] } | Refusal> => {
  if (row.kind !== 'open') return { row, lines: [] }
  const rows = (await store.linesOf(tx, [row.id])).filter((line) => line.outcome === null)
  const lines = await priceAll(deps, tx, rows.map(askOf))
  if (isRefusal(lines)) return lines
  for (const [index, { id, monthlyPriceYuanE4: before }] of rows.entries()) {
    const price = lines[index]?.monthlyPriceYuanE4
    if (price !== undefined && price !== before) await store.savePrice(tx, id, price)
  }
  return { row: { ...row, monthlyPriceYuanE4: sumOfPrices(lines) }, lines }
}
