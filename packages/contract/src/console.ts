import { type Static, Type } from 'typebox'
import { type Fault, type FaultParameters, fault, faultStatus, isFaultCode } from './fault.ts'
import { ServerId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, literals } from './primitive.ts'

/** `vnc`: the screen, as RFB (RFC 6143). `text`: the serial line, bytes of a terminal. */
export const consoleProtocols = ['vnc', 'text'] as const
const ConsoleProtocol = literals(consoleProtocols)
export type ConsoleProtocol = (typeof consoleProtocols)[number]

export const ServerConsole = Type.Object(
  {
    url: Type.String({ description: 'Path on this server; connect a WebSocket to it, once' }),
    protocol: ConsoleProtocol,
    expiresAt: Instant,
  },
  { $id: 'ServerConsole', description: 'From `expiresAt` on it cannot be connected to any more' },
)
export type ServerConsole = Static<typeof ServerConsole>

export const serverOpenConsole = operation({
  name: 'server.open-console',
  http: 'POST /servers/{serverId}/console',
  summary: { 'zh-CN': '打开云服务器控制台', en: 'Open the console of a server' },
  params: Type.Object({ serverId: ServerId }),
  body: Type.Object({ protocol: Type.Optional(literals(consoleProtocols, { default: 'vnc' })) }),
  answers: { 201: ServerConsole },
  faults: ['server-not-in-use', 'server-not-running', 'platform-not-able'],
  columns: ['url', 'protocol', 'expiresAt'],
})

/** RFC 6455, 7.4.2: codes from 4000 on are an application's own. */
const firstCode = 4_000
/** RFC 6455, 5.5: what a control frame holds, less the code. */
const longestReason = 123

/** How a console's WebSocket is closed for a reason: the fault's status in the code, the fault itself in the reason. */
export const consoleCloseOf = ({ code, parameters }: Fault): { readonly code: number; readonly reason: string } => {
  const whole = JSON.stringify({ code, parameters })
  const fits = new TextEncoder().encode(whole).byteLength <= longestReason
  return { code: firstCode + faultStatus(code), reason: fits ? whole : JSON.stringify({ code, parameters: {} }) }
}

/** Why a console's WebSocket was closed, out of its close event; null where nothing was wrong, or nobody said what. */
export const faultOfConsoleClose = (it: { readonly code: number; readonly reason: string }): Fault | null => {
  if (it.code < firstCode) return null
  try {
    const { code, parameters } = JSON.parse(it.reason) as { code: string; parameters: FaultParameters } // as written above
    return isFaultCode(code) ? fault(code, parameters) : null
  } catch {
    return null
  }
}
