import { fault, serverOpenConsole } from '@yiduo/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { Clock } from '../../kernel/clock.ts'
import { FaultError } from '../../kernel/refusal.ts'
import { createStreamCount } from '../../platform/events/index.ts'
import { type Bind, consolePath, isFromElsewhere } from '../../platform/http/index.ts'
import { serveConsole } from './gateway.ts'
import { type ConsoleLimits, consoleLimits } from './model.ts'
import type { ConsoleService } from './service.ts'

export interface ConsoleRouteDeps {
  readonly consoles: ConsoleService
  readonly clock: Clock
  readonly log: Logger
  /** What differs from the usual. */
  readonly limits?: Partial<ConsoleLimits>
}

/** Opening is an operation like any other; what follows is a stream, and goes past `bind`: its ticket lets one in. */
export const routeConsoles = (app: FastifyInstance, bind: Bind, deps: ConsoleRouteDeps): void => {
  bind(serverOpenConsole, ({ act, params, body }) => deps.consoles.open(act, params.serverId, body.protocol ?? 'vnc'))
  const closing = new AbortController()
  app.addHook('preClose', async () => closing.abort())
  const limits = { ...consoleLimits, ...deps.limits }
  const serve = serveConsole({
    ...deps,
    limits,
    open: createStreamCount(limits, 'too-many-consoles'),
    closing: closing.signal,
  })
  // No browser keeps pages of elsewhere from opening WebSockets to here: a ticket that leaked would be good there too.
  const preValidation = async (request: FastifyRequest) => {
    if (isFromElsewhere(request)) throw new FaultError(fault('not-signed-in'))
  }
  const options = { websocket: true, preValidation } as const
  app.get<{ Params: { ticket: string } }>(`${consolePath}:ticket`, options, (socket, request) =>
    serve(socket, request.params.ticket, { trace: request.id, address: request.ip }),
  )
}
