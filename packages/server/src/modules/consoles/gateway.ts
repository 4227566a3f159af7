import { consoleCloseOf, type Fault, fault } from '@yiduo/contract'
import type { Logger } from 'pino'
import { WebSocket } from 'ws'
import type { Clock } from '../../kernel/clock.ts'
import { FaultError } from '../../kernel/refusal.ts'
import type { createStreamCount } from '../../platform/events/index.ts'
import { dial, opened, pass } from './bridge.ts'
import type { ConsoleLimits } from './model.ts'
import type { ConsoleService, Entered, Visit } from './service.ts'

export interface GatewayDeps {
  readonly consoles: Pick<ConsoleService, 'enter' | 'connect' | 'stay' | 'leave'>
  readonly clock: Clock
  readonly log: Logger
  readonly limits: ConsoleLimits
  readonly open: ReturnType<typeof createStreamCount>
  /** Aborts when this process ends. */
  readonly closing: AbortSignal
}

/** Why a console ended; null where whoever was at it left. */
type End = Fault | null

const minuteMs = 60_000

const faultOf = (error: unknown, log: Logger, trace: string): Fault => {
  if (error instanceof FaultError) return error.fault
  log.error({ err: error, trace }, 'a console met a defect')
  return fault('defect', { trace })
}

/** Looks, beat by beat, whether the console may stay open; answers what ends it. */
const watch = (deps: GatewayDeps, entered: Entered, client: WebSocket, lastHeardAt: () => number) => {
  const { clock, limits, consoles } = deps
  const began = clock.now().getTime()
  let alive = true
  client.on('pong', () => {
    alive = true
  })
  return async (): Promise<{ readonly end: End } | null> => {
    // One that is held up reads no pongs; it is waited for as long as the other side lasts.
    if (!alive && !client.isPaused) return { end: null }
    alive = false
    client.ping()
    const now = clock.now().getTime()
    if (now - lastHeardAt() > limits.idleMinutes * minuteMs)
      return { end: fault('console-idle', { minutes: limits.idleMinutes }) }
    if (now - began > limits.openHours * 60 * minuteMs)
      return { end: fault('console-open-too-long', { hours: limits.openHours }) }
    return consoles.stay(entered).then(
      () => null,
      (error: unknown) => ({ end: faultOf(error, deps.log, entered.act.trace) }),
    )
  }
}

/** Joins the two sides until one goes, or something ends it. Both are left open. */
const join = async (deps: GatewayDeps, entered: Entered, client: WebSocket, upstream: WebSocket): Promise<End> => {
  const { clock, limits, closing } = deps
  let heardAt = clock.now().getTime()
  const heard = () => {
    heardAt = clock.now().getTime()
  }
  pass(upstream, client, heard)
  pass(client, upstream, heard)
  const ending = Promise.withResolvers<End>()
  client.on('close', () => ending.resolve(null))
  if (client.readyState !== WebSocket.OPEN) ending.resolve(null)
  const stop = () => ending.resolve(fault('shutting-down'))
  closing.addEventListener('abort', stop)
  if (closing.aborted) stop()
  const beat = watch(deps, entered, client, () => heardAt)
  const beating = setInterval(() => void beat().then((it) => it && ending.resolve(it.end)), limits.beatMs)
  opened(upstream).then(
    () => {
      upstream.on('close', () => ending.resolve(fault('console-closed-by-cloud')))
      client.resume()
    },
    (error: unknown) => {
      deps.log.info({ err: error, server: entered.server.id }, 'a console of a cloud cannot be reached')
      ending.resolve(fault('cloud-unreachable'))
    },
  )
  try {
    return await ending.promise
  } finally {
    clearInterval(beating)
    closing.removeEventListener('abort', stop)
  }
}

const close = (client: WebSocket, end: End): void => {
  const { code, reason } = end === null ? { code: 1_000, reason: '' } : consoleCloseOf(end)
  client.resume() // what is paused would not hear that the other has closed too
  client.close(code, reason)
}

const visitConsole = async (deps: GatewayDeps, client: WebSocket, token: string, visit: Visit): Promise<End> => {
  const { consoles, clock } = deps
  const entered = await consoles.enter(token, visit)
  const began = clock.now().getTime()
  let end: End = fault('defect', { trace: visit.trace })
  try {
    using _place = deps.open.open(entered.act.caller)
    const upstream = dial(await consoles.connect(entered))
    end = await join(deps, entered, client, upstream)
    upstream.close()
  } catch (error) {
    end = faultOf(error, deps.log, visit.trace)
  }
  await consoles.leave(entered, Math.round((clock.now().getTime() - began) / 1_000), end?.code ?? null)
  return end
}

/** One browser at the console of one server. It learns nothing of the cloud but what the console shows. */
export const serveConsole =
  (deps: GatewayDeps) =>
  async (client: WebSocket, token: string, visit: Visit): Promise<void> => {
    client.pause() // until there is somebody to hear it
    const end = await visitConsole(deps, client, token, visit).catch((error: unknown) =>
      faultOf(error, deps.log, visit.trace),
    )
    close(client, end)
  }
