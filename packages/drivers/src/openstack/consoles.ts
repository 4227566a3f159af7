import {
  type Console,
  type ConsolesFacet,
  done,
  type Failure,
  failure,
  isDone,
  isFailure,
  type Outcome,
} from '@yiduo/driver-api'
import type { Abilities } from './abilities.ts'
import type { Cloud } from './cloud.ts'
import { consoleShape } from './shapes-compute.ts'

interface ConsolesDeps {
  readonly cloud: Cloud
  readonly abilities: Abilities
}

type Ask = Parameters<ConsolesFacet['open']>[0]

/** Nova tells of none which it runs, so they are asked for in turn: the screen first, text last. */
const offers = [
  { protocol: 'novnc', wish: { protocol: 'vnc', type: 'novnc' } },
  { protocol: 'spice-html5', wish: { protocol: 'spice', type: 'spice-html5' } },
  { protocol: 'serial', wish: { protocol: 'serial', type: 'serial' } },
] as const

export const createConsolesFacet = (deps: ConsolesDeps): ConsolesFacet => ({
  async open(ask) {
    const able = await deps.abilities.remoteConsoles()
    if (!isDone(able)) return able
    let refused: Failure | null = null
    for (const { protocol, wish } of offers) {
      const opened = await openOne(deps.cloud, ask, wish)
      // How long it lives is the cloud's setting ([consoleauth] token_ttl), which its API does not tell.
      if (isDone(opened)) return done<Console>({ url: opened.value, protocol, expiresAt: null })
      if (!isFailure(opened) || !isNotRun(opened)) return opened
      refused = opened
    }
    return failure('permanent', 'cloud-unsupported', refused?.words ?? 'no console of any kind')
  },
})

async function openOne(cloud: Cloud, { project, serverId }: Ask, wish: object): Promise<Outcome<string>> {
  const path = `/servers/${encodeURIComponent(serverId)}/remote-consoles`
  const body = { remote_console: wish }
  const opened = await cloud.ask({ service: 'compute', method: 'POST', path, body, project }, consoleShape)
  return isDone(opened) ? done(opened.value.remote_console.url) : opened
}

const isNotRun = (it: Failure): boolean => it.code === 'cloud-unsupported' || /console type/i.test(it.words)
