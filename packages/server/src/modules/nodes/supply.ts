import type { Scope } from '../../kernel/act.ts'
import type { Tx } from '../../platform/database/index.ts'
import * as store from './supply-store.ts'

/** What each provider supplies: bare ids of its platforms, by its own. */
export const suppliedBy = async (tx: Tx): Promise<ReadonlyMap<string, readonly string[]>> => {
  const supplied = await store.suppliedPlatforms(tx)
  return new Map(
    Object.entries(Object.groupBy(supplied, (it) => it.providerOrganisationId)).map(([provider, platforms = []]) => [
      provider,
      platforms.map((it) => it.platformId),
    ]),
  )
}

export const platformNames = async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
  new Map((await store.platformNames(tx, ids)).map((it) => [it.id, it.name]))

/** What can be sold and is promised, by division, architecture and measure; memory in whole GiB. */
export const capacities = async (tx: Tx, scope: Scope) =>
  (await store.capacities(tx, scope)).flatMap(({ divisionCode, architecture, ...it }) => [
    { divisionCode, architecture, measure: 'vcpu' as const, sellable: it.vcpusSellable, promised: it.vcpusPromised },
    {
      divisionCode,
      architecture,
      measure: 'memory-gib' as const,
      sellable: Math.floor(it.memoryMibSellable / 1024),
      promised: Math.ceil(it.memoryMibPromised / 1024),
    },
  ])
