import { type Console, type ConsolesFacet, done, failure, isDone, isFailure, type Outcome } from '@yiduo/driver-api'
import type { Abilities } from './abilities.ts'
import type { Cloud } from './cloud.ts'
import { consoleShape } from './shapes-compute.ts'

interface ConsolesDeps {
  readonly cloud: Cloud
  readonly abilities: Abilities
  readonly trust: Console['trust']
}

type Ask = Parameters<ConsolesFacet['open']>[0]

const wishes = {
  vnc: { protocol: 'vnc', type: 'novnc' },
  text: { protocol: 'serial', type: 'serial' },
} as const

export const createConsolesFacet = (deps: ConsolesDeps): ConsolesFacet => ({
  async open(ask) {
    const able = await deps.abilities.remoteConsoles()
    if (!isDone(able)) return able
    const opened = await openOne(deps.cloud, ask)
    // Nova does not tell which kinds it runs: asked for another, it refuses the request as a wrong one.
    if (isFailure(opened) && /console type/i.test(opened.words))
      return failure('permanent', 'cloud-unsupported', opened.words)
    if (!isDone(opened)) return opened
    const url = socketUrlOf(opened.value)
    if (url === null) return failure('transient', 'cloud-answer-unreadable', 'the address of the console is none')
    // How long it lives is the cloud's setting ([consoleauth] token_ttl), which its API does not tell.
    return done({ url, subprotocol: 'binary', expiresAt: null, trust: deps.trust })
  },
})

async function openOne(cloud: Cloud, { project, serverId, protocol }: Ask): Promise<Outcome<string>> {
  const path = `/servers/${encodeURIComponent(serverId)}/remote-consoles`
  const body = { remote_console: wishes[protocol] }
  const opened = await cloud.ask({ service: 'compute', method: 'POST', path, body, project }, consoleShape)
  return isDone(opened) ? done(opened.value.remote_console.url) : opened
}

/**
 * Where the page that Nova names would connect to: noVNC takes `path` below the root of its host
 * (`vnc_lite.html?path=%3Ftoken%3D…`), and `websockify` where there is none but a token (before Nova 19).
 */
function socketUrlOf(text: string): string | null {
  if (!URL.canParse(text)) return null
  const page = new URL(text)
  if (page.protocol === 'ws:' || page.protocol === 'wss:') return text
  if (page.protocol !== 'http:' && page.protocol !== 'https:') return null
  const token = page.searchParams.get('token')
  const path = page.searchParams.get('path') ?? (token === null ? null : `websockify?${new URLSearchParams({ token })}`)
  if (path === null) return null
  return `${page.protocol === 'https:' ? 'wss:' : 'ws:'}//${page.host}/${path.replace(/^\/+/, '')}`
}
