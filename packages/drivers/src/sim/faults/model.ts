/** The calls that a cloud answers, named as the driver's methods are. */
const simCalls = [
  'probe',
  'capabilities',
  'list',
  'get',
  'projects.ensure',
  'projects.remove',
  'networks.ensure',
  'networks.remove',
  'networks.createPort',
  'networks.removePort',
  'networks.ensureRules',
  'networks.removeRules',
  'networks.setPortRules',
  'volumes.create',
  'volumes.extend',
  'volumes.attach',
  'volumes.detach',
  'volumes.rename',
  'volumes.remove',
  'snapshots.create',
  'snapshots.revert',
  'snapshots.remove',
  'servers.create',
  'servers.resize',
  'servers.setPower',
  'servers.reboot',
  'servers.rebuild',
  'servers.rename',
  'servers.remove',
  'serverGroups.ensure',
  'serverGroups.remove',
  'addresses.bind',
  'addresses.release',
  'consoles.open',
  'usage.report',
] as const
export type SimCallName = (typeof simCalls)[number]

/**
 * - `slow`: answers after `delayMs`; beyond the connection's own limit the caller hears nothing, yet it happens.
 * - `error500`, `rateLimited`, `quota`, `denied`: refused without an effect.
 * - `lostBefore`: never reached the cloud. `lostAfter`: happens, and the answer is lost.
 * - `broken`: the server ends in ERROR; of a resize, the server falls back to its old size.
 * - `hostDisappears`: after the call the host is gone, its servers broken, until `clearFaults`.
 * - `down`: unreachable.
 */
export type SimFaultOrder =
  | FaultOf<'error500' | 'quota' | 'denied' | 'lostBefore' | 'lostAfter' | 'down'>
  | (FaultOf<'slow'> & { readonly delayMs: number })
  | (FaultOf<'rateLimited'> & { readonly retryAfterMs?: number })
  | (FaultOf<'broken'> & { readonly call: 'servers.create' | 'servers.resize' })
  /** Without a name: the host that carries the newest server. */
  | (FaultOf<'hostDisappears'> & { readonly hostName?: string })

interface FaultOf<Mode extends string> {
  readonly mode: Mode
  /** '*' is every call. */
  readonly call: SimCallName | '*'
  /** How many calls it strikes; `until-cleared` is the default of `down`, once that of the others. */
  readonly times?: number | 'until-cleared'
}

export type SimFaultMode = SimFaultOrder['mode']

/** A fault that strikes the call at hand. */
export interface SimFault {
  readonly mode: SimFaultMode
  readonly parameter: SimFaultParameter
}

export interface SimFaultParameter {
  readonly delayMs?: number
  readonly retryAfterMs?: number
  readonly hostName?: string
}
