import { monthAfter } from '@yiduo/engines'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { rate } from './rate.ts'
import type { SettlementDeps } from './service.ts'
import * as store from './store.ts'

/**
 * What an organisation was charged in these months by system and component, and what the open ones would charge as
 * they stand; the same system and component may come more than once.
 */
export const charges =
  (deps: SettlementDeps) =>
  async (tx: Tx, organisationId: string, first: string, last: string): Promise<store.ChargeRow[] | Refusal> => {
    const closed = new Set((await store.closedMonths(tx, organisationId, first, last)).map((it) => it.month))
    const charged = await store.chargesOf(tx, organisationId, first, last)
    for (let month = first; month <= last; month = monthAfter(month)) {
      if (closed.has(month)) continue
      const rated = await rate(deps, tx, { organisationId, month })
      if (isRefusal(rated)) return rated
      charged.push(
        ...[...rated.lines, ...rated.corrections].map(({ systemId, componentId, amountYuanE4 }) => ({
          month,
          systemId,
          componentId,
          amountYuanE4,
        })),
      )
    }
    return charged
  }
