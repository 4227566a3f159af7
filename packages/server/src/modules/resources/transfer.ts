import type { Clock } from '../../kernel/clock.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { MeteringService } from '../metering/index.ts'
import type { QuotaService } from '../quota/index.ts'
import { countedOf } from './model.ts'
import * as store from './store.ts'

export interface TransferDeps {
  readonly clock: Clock
  readonly quota: Pick<QuotaService, 'handOver'>
  readonly metering: Pick<MeteringService, 'change'>
}

/** Formal resources go to another system: held by its quota and charged to it from one instant on. The cloud is not asked. */
export const transfer =
  ({ clock, quota, metering }: TransferDeps) =>
  async (
    tx: Tx,
    resources: readonly store.ResourceRow[],
    to: { readonly organisationId: string; readonly systemId: string },
  ): Promise<Refusal | null> => {
    const ids = resources.map((it) => it.id)
    const refusal = await quota.handOver(tx, ids, to)
    if (refusal) return refusal
    const counted = resources.map((row) => countedOf({ ...row, ...to }))
    await metering.change(tx, counted, 'formal', clock.now())
    await store.handOver(tx, ids, to)
    return null
  }
