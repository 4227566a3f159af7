import { fromId, type LinePlacement, type Locale, toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { askOf, ownerOf, placementAskOf } from './deliver.ts'
import { lookUp, type RequestAsk } from './draft.ts'
import { priceLine } from './price.ts'
import type { RequestDeps } from './service.ts'
import * as store from './store.ts'

type Explained = { items: LinePlacement[] } | Refusal

/** What was decided when the line was approved; before that, what it would come to now. */
const explainLine = async (
  deps: RequestDeps,
  tx: Tx,
  owner: Awaited<ReturnType<typeof ownerOf>>,
  line: store.LineRow,
  locale: Locale,
): Promise<LinePlacement | Refusal> => {
  const kept = await store.findPlacement(tx, line.id)
  const of = { lineId: toId('line', line.id), lineName: line.name, quantity: line.quantity }
  if (kept) return { ...of, decided: true, ...(await deps.placement.view(tx, kept, locale)) }
  const priced = await priceLine(deps, tx, askOf(line))
  if (isRefusal(priced)) return priced
  const ask = placementAskOf(owner, priced, line.preferredPlatformId, line.quantity)
  return { ...of, decided: false, ...(await deps.placement.explain(tx, ask, line.id, locale)) }
}

/** Why the servers of a request's lines go where they go. What asks for no server has nothing to say. */
export const explain =
  (deps: RequestDeps, find: (act: Act, id: string) => Promise<store.RequestRow | null>) =>
  async (act: Act, id: string, locale: Locale): Promise<Explained> => {
    const row = await find(act, id)
    if (!row) return refuse('not-found')
    const { plain } = deps.database
    const owner = await ownerOf(deps, plain, act, row)
    const items: LinePlacement[] = []
    for (const line of await store.linesOf(plain, [row.id])) {
      if (line.planId === null) continue
      const explained = await explainLine(deps, plain, owner, line, locale)
      if (isRefusal(explained)) return explained
      items.push(explained)
    }
    return { items }
  }

/** Where something would go that nobody has drafted yet. Equal asks are answered alike: the seed is their name. */
export const preview =
  (deps: RequestDeps) =>
  (act: Act, ask: RequestAsk, locale: Locale): Promise<Explained> =>
    deps.database.rehearse(act, async (tx) => {
      const found = await lookUp(deps, tx, act, ask)
      if (isRefusal(found)) return found
      const owner = await ownerOf(deps, tx, act, found.asked)
      const items: LinePlacement[] = []
      for (const line of found.lines) {
        const preferred = line.ask.platformId === undefined ? null : fromId('platform', line.ask.platformId)
        const asked = placementAskOf(owner, line, preferred, line.quantity)
        const view = await deps.placement.explain(tx, asked, line.ask.name, locale)
        items.push({ lineId: null, lineName: line.ask.name, quantity: line.quantity, decided: false, ...view })
      }
      return { items }
    })
