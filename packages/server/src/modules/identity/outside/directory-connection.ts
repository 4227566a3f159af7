import { once } from 'node:events'
import { connect, isIP, type Socket } from 'node:net'
import { type ConnectionOptions, connect as connectSecurely } from 'node:tls'
import type { IdentityProvider } from '@yiduo/contract'
import { Client } from 'ldapts'
import { hostOf } from './provider.ts'

export type DirectorySettings = Extract<IdentityProvider['settings'], { kind: 'directory' }>

/** Where a directory is, and how long it may take. */
export interface Reach {
  readonly settings: DirectorySettings
  /** To connect, and for each answer. */
  readonly patienceMs: number
  /** For all of it; null where only each answer is waited for. */
  readonly wholeMs: number | null
}

/** RFC 4511 §4.14. */
const startTlsRequest = '1.3.6.1.4.1.1466.20037'

const securityOf = (host: string, { authorities }: DirectorySettings): ConnectionOptions => ({
  // It is the name that the certificate must be for, over a socket that is there as well.
  host,
  ...(isIP(host) === 0 ? { servername: host } : {}),
  ...(authorities === null ? {} : { ca: authorities }),
  rejectUnauthorized: true,
})

const opened = async <T extends Socket>(
  stack: DisposableStack,
  socket: T,
  event: 'connect' | 'secureConnect',
  { patienceMs, wholeMs }: Reach,
): Promise<T> => {
  stack.defer(() => void socket.destroy())
  // What breaks it is told by whatever is asked next; unheard, it would end the process.
  socket.on('error', () => undefined)
  // One that answers each time just before it would be too late is as good as away as well.
  const timer = wholeMs === null ? undefined : setTimeout(() => socket.destroy(), wholeMs)
  stack.defer(() => clearTimeout(timer))
  await once(socket, event, { signal: AbortSignal.timeout(patienceMs) })
  return socket
}

/**
 * On this one connection. Left to itself the library would make another when one is lost: without StartTLS, and as
 * nobody. Whoever can cut a connection would be sent the next password in the clear.
 */
const clientOn = (socket: Socket, patienceMs: number): Client =>
  new Client({
    url: 'ldap://directory', // not looked at: the socket leads there already
    timeout: patienceMs,
    createConnection: () => {
      if (socket.destroyed) throw new Error('the connection was lost')
      return socket
    },
  })

const reach = async (stack: DisposableStack, to: Reach): Promise<Socket> => {
  const { settings, patienceMs } = to
  const { protocol, port } = new URL(settings.url)
  const host = hostOf(settings.url)
  const security = securityOf(host, settings)
  if (protocol === 'ldaps:') {
    const socket = connectSecurely({ ...security, port: Number(port || 636) })
    return opened(stack, socket, 'secureConnect', to)
  }
  const plain = await opened(stack, connect({ host, port: Number(port || 389) }), 'connect', to)
  if (!settings.startTls) return plain
  await clientOn(plain, patienceMs).exop(startTlsRequest)
  // Its reader goes with all it may have read: what was said in the clear counts for nothing behind TLS.
  plain.removeAllListeners('data')
  return opened(stack, connectSecurely({ ...security, socket: plain }), 'secureConnect', to)
}

/** Speaks with a directory over a connection of its own, which ends with what was asked. */
export const withDirectory = async <T>(to: Reach, talk: (client: Client) => Promise<T>): Promise<T> => {
  using stack = new DisposableStack()
  return await talk(clientOn(await reach(stack, to), to.patienceMs))
}
