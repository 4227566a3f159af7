import type { Advice } from '@yiduo/contract'

export type AdviceKind = Advice['kind']

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
