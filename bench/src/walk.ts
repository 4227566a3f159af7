import {
  type RequestState,
  requestApprove,
  requestCreate,
  requestGet,
  requestReclaim,
  requestSubmit,
} from '@yiduo/contract'
import type { BenchProvince } from './province.ts'
import { waitFor } from './wait.ts'

export const reaches = ({ operator }: BenchProvince, requestId: string, wanted: RequestState): Promise<void> =>
  waitFor(async () => {
    const { state, fault } = await operator.call(requestGet, { params: { requestId } })
    if (state === 'delivery-failed' || state === 'reclaim-failed') throw new Error(`${state}: ${JSON.stringify(fault)}`)
    return state === wanted
  })

export interface Walked {
  readonly requestId: string
  readonly seconds: number
}

/** One server with a volume and an address, from its approval (or, where the rule approves, its sending) until it runs. */
export const provision = async (province: BenchProvince, name: string, by: 'byHand' | 'byRule'): Promise<Walked> => {
  const { department, operator, planIds } = province
  const systemId = await province.createSystem(name)
  const line = { planId: planIds[by], name, dataVolumeGib: 1, publicAddress: true }
  const { id } = await department.call(requestCreate, { body: { systemId, lines: [line] } })
  const params = { requestId: id }
  if (by === 'byHand') await department.call(requestSubmit, { params, body: {} })
  const begun = performance.now()
  if (by === 'byHand') await operator.call(requestApprove, { params, body: {} })
  else await department.call(requestSubmit, { params, body: {} })
  await reaches(province, id, 'testing')
  return { requestId: id, seconds: (performance.now() - begun) / 1_000 }
}

export const giveBack = async (province: BenchProvince, requestId: string): Promise<void> => {
  const reclaim = await province.department.call(requestReclaim, { params: { requestId }, body: {} })
  await province.operator.call(requestApprove, { params: { requestId: reclaim.id }, body: {} })
  await reaches(province, requestId, 'reclaimed')
}
