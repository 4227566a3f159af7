import type { Advice } from '@yiduo/contract'
import { monthBounds, monthOf } from '@yiduo/engines'
import type { StateMachine } from '../../kernel/state-machine.ts'

export type AdviceKind = Advice['kind']
export type AdviceState = Advice['state']
type AdviceEvent = 'assign' | 'decline' | 'dismiss' | 'resolve' | 'settle'

const whileItStands = {
  assign: 'assigned',
  decline: 'declined',
  dismiss: 'dismissed',
  resolve: 'done',
  settle: 'settled',
} as const

/** Resolved: a request has seen to it. Settled: it is not so any more, for whatever reason. */
export const adviceMachine = {
  open: whileItStands,
  assigned: whileItStands,
  done: {},
  declined: {},
  dismissed: {},
  settled: {},
} satisfies StateMachine<AdviceState, AdviceEvent>

/** What is looked at of one resource to advise on it. */
export interface Advisable {
  readonly id: string
  readonly kind: string
  readonly state: string
  readonly observed: Record<string, unknown> | null
  readonly testEndsAt: Date | null
}

/** What is plainly not in use. Deeper findings (idle, oversized) need measurements and come with monitoring. */
export const adviceOn = (it: Advisable, now: Date): AdviceKind | null => {
  if (it.state === 'test' && it.testEndsAt && it.testEndsAt <= now) return 'test-expired'
  if (it.state !== 'formal' && it.state !== 'test') return null
  if (it.observed === null) return null
  if (it.kind === 'volume' && 'nativeState' in it.observed && !it.observed.serverId) return 'volume-unattached'
  if (it.kind === 'server' && it.observed.state === 'stopped') return 'server-stopped'
  if (it.kind === 'address' && 'nativeState' in it.observed && !it.observed.portId) return 'address-unbound'
  return null
}

/** Money is saved whole months at a time: from the first one that is cheaper from its first second. */
export const savedFrom = (tookEffectAt: Date): Date => monthBounds(monthOf(tookEffectAt)).endsAt

/** The day it is in Asia/Shanghai; days as text compare as they follow one another. */
export const dayOf = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
