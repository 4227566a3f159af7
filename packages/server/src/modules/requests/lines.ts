import { type BodyOf, fromId, type Locale, type requestAmendLine, type ServiceRequest } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { beginReclaim, repriced } from './carry-out.ts'
import { decision, type Said } from './decide.ts'
import { askOf, missingOf, undelivered } from './deliver.ts'
import { move } from './move.ts'
import { priceLine } from './price.ts'
import type { RequestDeps } from './service.ts'
import * as store from './store.ts'

interface Failed {
  readonly line: store.LineRow
  readonly missing: number
}

/** The line of a delivery that failed, with how much of it does not stand. */
const failedLine = async (
  deps: RequestDeps,
  tx: Tx,
  row: store.RequestRow,
  it: { event: string; lineId: string },
): Promise<Failed | Refusal> => {
  const uuid = fromId('line', it.lineId)
  const line = (await store.linesOf(tx, [row.id])).find(({ id }) => id === uuid)
  if (!line) return refuse('not-found')
  if (row.kind !== 'open' || row.state !== 'delivery-failed')
    return refuse('step-not-allowed', { event: it.event, state: row.state })
  const missing = line.outcome === null ? await missingOf(deps, tx, row, line) : 0
  return missing > 0 ? { line, missing } : refuse('line-stands', { line: line.name })
}

/** What a line costs with so many of its servers: each costs the same. */
const priceFor = (line: store.LineRow, quantity: number): number => (line.monthlyPriceYuanE4 / line.quantity) * quantity

const giveUp = async (tx: Tx, { line, missing }: Failed): Promise<void> => {
  const standing = line.quantity - missing
  if (standing === 0) await store.setOutcome(tx, [line.id], 'dropped')
  else await store.setQuantity(tx, line.id, standing, priceFor(line, standing))
}

export interface LineAct extends Said {
  readonly lineId: string
}

/**
 * Gives up what of a line was not delivered; what it had reserved was freed when it failed. With nothing else failing
 * the rest goes on to its test, and with nothing there at all the request is over.
 */
export const dropLine = (deps: RequestDeps) => {
  const drop = decision<LineAct>(deps, async (tx, row, _act, { lineId, remark = '' }) => {
    const failed = await failedLine(deps, tx, row, { event: 'drop-line', lineId })
    if (isRefusal(failed)) return failed
    await giveUp(tx, failed)
    const now = await repriced(deps, tx, row)
    if ((await undelivered(deps, tx, now)).length > 0) return now
    const standing = await deps.resources.standingServers(tx, row.id)
    if (standing.length > 0) return move(deps, tx, now, { event: 'drop', remark, with: { fault: null } })
    return beginReclaim(deps, tx, now, { event: 'discard', remark })
  })
  return (act: Act, id: string, ask: LineAct, locale: Locale): Promise<ServiceRequest | Refusal> =>
    drop(act, id, ask, locale)
}

export type AmendAsk = BodyOf<typeof requestAmendLine> & LineAct

const amended = (line: store.LineRow, ask: AmendAsk): store.LineRow => ({
  ...line,
  planId: ask.planId === undefined ? line.planId : fromId('plan', ask.planId),
  imageName: ask.imageName ?? line.imageName,
  dataVolumeGib: ask.dataVolumeGib ?? line.dataVolumeGib,
  publicAddress: ask.publicAddress ?? line.publicAddress,
  preferredPlatformId:
    ask.platformId === undefined ? line.preferredPlatformId : ask.platformId && fromId('platform', ask.platformId),
})

/** Asks otherwise for what does not stand; what does stays a line of its own. A retry then delivers it. */
export const amendLine = (deps: RequestDeps) =>
  decision<AmendAsk>(deps, async (tx, row, _act, ask) => {
    const failed = await failedLine(deps, tx, row, { event: 'amend-line', lineId: ask.lineId })
    if (isRefusal(failed)) return failed
    const { line, missing } = failed
    const wanted = amended(line, ask)
    const priced = await priceLine(deps, tx, {
      ...askOf({ ...wanted, quantity: missing }),
      ...(ask.platformId ? { platformId: ask.platformId } : {}),
    })
    if (isRefusal(priced)) return priced
    const { imageName, monthlyPriceYuanE4 } = priced
    if (missing === line.quantity) await store.updateAsk(tx, { ...wanted, imageName, monthlyPriceYuanE4 })
    else {
      await giveUp(tx, failed)
      const position = Math.max(...(await store.linesOf(tx, [row.id])).map((it) => it.position)) + 1
      await store.insertLine(tx, {
        ...wanted,
        ...{ imageName, monthlyPriceYuanE4, position },
        id: deps.newId(),
        quantity: missing,
        platformId: null,
        name: `${line.name}-${position + 1}`,
      })
    }
    return present(await repriced(deps, tx, row), 'request')
  })
