import { describeFault, type Locale, type Template, toId } from '@yiduo/contract'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { amountsOfServer, type CatalogueService, monthlyPriceOf } from '../catalogue/index.ts'
import type { Part } from './model.ts'
import type { TemplateRow } from './store.ts'

type Catalogue = Awaited<ReturnType<CatalogueService['plans']>>

/** What one server of a part costs a month now; or what keeps it from being ordered. */
const priceOfPart = ({ plans, prices, componentCodes }: Catalogue, part: Part, now: Date): number | Refusal => {
  const found = plans.get(part.planId)
  if (!found) return refuse('not-found')
  const { plan, offering } = found
  if (!offering.released) return refuse('offering-not-released', { offering: offering.name })
  if (part.imageName !== null && !offering.imageNames.includes(part.imageName))
    return refuse('image-not-offered', { image: part.imageName, offered: offering.imageNames.join(', ') })
  const price = monthlyPriceOf(prices, offering.metering, amountsOfServer({ ...part, plan }), now)
  if (typeof price === 'number') return price
  const component = componentCodes.get(offering.metering[price]) ?? price
  return refuse('price-missing', { component, at: now.toISOString() })
}

/** What keeps a template from being ordered now, each said once. */
export const refusalsOf = (catalogue: Catalogue, parts: readonly Part[], now: Date): Refusal[] => {
  const refusals = parts.map((part) => priceOfPart(catalogue, part, now)).filter(isRefusal)
  return [...new Map(refusals.map((it) => [JSON.stringify(it), it])).values()]
}

/** What the audit keeps: all that it is, and nothing that follows from the day's prices. */
export const told = (row: TemplateRow) => ({
  ...row,
  id: toId('template', row.id),
  organisationId: row.organisationId && toId('organisation', row.organisationId),
  parts: row.parts.map((part) => ({ ...part, planId: toId('plan', part.planId) })),
  updatedAt: row.updatedAt.toISOString(),
})

const viewOne = (catalogue: Catalogue, row: TemplateRow, now: Date, locale: Locale): Template => {
  const prices = row.parts.map((part) => priceOfPart(catalogue, part, now))
  const known = prices.map((it) => (typeof it === 'number' ? it : null))
  const shown = told(row)
  return {
    ...shown,
    parts: shown.parts.map((part, index) => ({ ...part, monthlyPriceYuanE4: known[index] ?? null })),
    monthlyPriceYuanE4: row.parts.reduce<number | null>((sum, { quantity }, index) => {
      const price = known[index] ?? null
      return sum === null || price === null ? null : sum + price * quantity
    }, 0),
    refusals: refusalsOf(catalogue, row.parts, now).map((it) => describeFault(it.refused, locale)),
  }
}

/** Templates with what they cost now, in a few reads however many there are. */
export const viewTemplates = async (
  catalogue: Pick<CatalogueService, 'plans'>,
  tx: Tx,
  found: readonly TemplateRow[],
  { now, locale }: { now: Date; locale: Locale },
): Promise<Template[]> => {
  const planIds = [...new Set(found.flatMap((row) => row.parts.map((part) => part.planId)))]
  const known = await catalogue.plans(tx, planIds)
  return found.map((row) => viewOne(known, row, now, locale))
}
