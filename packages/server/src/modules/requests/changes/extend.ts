import type { BodyOf, volumeExtend } from '@yiduo/contract'
import { isRefusal, refuse } from '../../../kernel/refusal.ts'
import { priceOfVolume } from '../price.ts'
import type { AskOf } from './ask.ts'
import { type Change, inUse } from './change.ts'
import { startSizing } from './sizing.ts'

/** An extension within quota is standard: the rule approves it. */
export const extend: Change<AskOf<'extend'>, BodyOf<typeof volumeExtend>> = {
  kind: 'extend',
  about: 'volume',
  states: inUse,

  async plan(deps, tx, _act, { resources: [volume] }, body) {
    const sizeGib = volume.desired.sizeGib ?? 0
    if (body.sizeGib === sizeGib) return refuse('nothing-to-change')
    if (body.sizeGib < sizeGib) return refuse('volume-not-shrinkable', { sizeGib, askedGib: body.sizeGib })
    const priceAfter = await priceOfVolume(deps, tx, volume, body.sizeGib)
    if (isRefusal(priceAfter)) return priceAfter
    const byRule = await deps.quota.isBounded(tx, volume.organisationId)
    return { ask: { kind: 'extend', sizeGib: body.sizeGib }, priceAfter, byRule }
  },

  async start(deps, tx, it) {
    const { sizeGib } = it.ask
    const priceAfter = await priceOfVolume(deps, tx, it.resources[0], sizeGib)
    return isRefusal(priceAfter) ? priceAfter : startSizing(deps, tx, it, { to: { sizeGib }, planId: null, priceAfter })
  },
}
