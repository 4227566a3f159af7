import type { SimDatabase } from '../database.ts'
import type { SimFaultOrder, SimFaultParameter } from './model.ts'
import { deleteFault, deleteFaults, insertFault, remainingOf } from './store.ts'

/** Disposing it takes back what has not struck yet. */
export interface OrderedFault extends AsyncDisposable {
  /** Calls it will still strike; null is all. */
  remaining(): Promise<number | null>
}

export const orderFault = async (database: SimDatabase, cloud: string, order: SimFaultOrder): Promise<OrderedFault> => {
  const times = order.times ?? (order.mode === 'down' ? 'until-cleared' : 1)
  const id = await insertFault(database, cloud, {
    call: order.call,
    mode: order.mode,
    remaining: times === 'until-cleared' ? null : times,
    parameter: parameterOf(order),
  })
  return {
    remaining: () => remainingOf(database, id),
    [Symbol.asyncDispose]: () => deleteFault(database, id),
  }
}

/** Takes back every fault, and lets disappeared hosts return. */
export const clearFaults = (database: SimDatabase, cloud: string): Promise<void> => deleteFaults(database, cloud)

const parameterOf = (order: SimFaultOrder): SimFaultParameter => {
  switch (order.mode) {
    case 'slow':
      return { delayMs: order.delayMs }
    case 'rateLimited':
      return { retryAfterMs: order.retryAfterMs ?? 1_000 }
    case 'hostDisappears':
      return order.hostName === undefined ? {} : { hostName: order.hostName }
    default:
      return {}
  }
}
