import { measures } from '@yiduo/contract'
import type { Tx } from '../../platform/database/index.ts'
import { meteredAmounts } from './model.ts'
import * as store from './standing-store.ts'

/** On which platform each resource lies. */
export const platformsOf = async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
  new Map((await store.platformsOf(tx, ids)).map((it) => [it.id, it.platformId]))

export interface StandingPart {
  readonly systemId: string
  readonly componentId: string
  readonly quantity: number
}

/** What an organisation has or was promised, by the component that meters it. */
export const standingOf = async (tx: Tx, organisationId: string): Promise<StandingPart[]> =>
  (await store.standingOf(tx, organisationId)).flatMap(({ kind, systemId, metering, desired }) => {
    const amounts = meteredAmounts(kind, desired)
    return measures.flatMap((measure): StandingPart[] => {
      const quantity = amounts[measure] ?? 0
      return quantity === 0 ? [] : [{ systemId, componentId: metering[measure], quantity }]
    })
  })
