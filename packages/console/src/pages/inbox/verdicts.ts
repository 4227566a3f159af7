import {
  type InboxItem,
  requestAccept,
  requestApprove,
  requestForward,
  requestReject,
  requestReturn,
  type ServiceRequest,
} from '@yiduo/contract'

export type Verdict = 'approve' | 'return' | 'reject'

type Deciding = Pick<ServiceRequest | InboxItem, 'state'> & Partial<Pick<ServiceRequest, 'stages'>>

/** Whoever takes over what is transferred accepts it; a county's bureau sends on; everybody else approves. */
export const approvalOf = ({ state, stages = [] }: Deciding) => {
  if (state === 'collecting') return { operation: requestForward, label: 'request.forward' } as const
  const isReceiver = stages.some((it) => it.state === 'open' && it.seats.some((seat) => seat.party === 'receiver'))
  return isReceiver
    ? ({ operation: requestAccept, label: 'request.accept' } as const)
    : ({ operation: requestApprove, label: 'request.approve' } as const)
}

export const refusals = {
  return: { operation: requestReturn, label: 'request.return' },
  reject: { operation: requestReject, label: 'request.reject' },
} as const
