import { randomUUID } from 'node:crypto'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import websocket from '@fastify/websocket'
import { fault, openapi, operations, printFaults } from '@yiduo/contract'
import Fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance, LogController } from 'fastify'
import type { Logger } from 'pino'
import { FaultError } from '../../kernel/refusal.ts'
import type { NoteRefusal } from '../acts/refusals.ts'
import { sendFault } from './bind.ts'
import { takeForms } from './form-body.ts'
import { parseJson } from './json-body.ts'
import { limitAddresses, type RateLimits } from './rate-limits.ts'
import { secure, secureAnswers } from './security-headers.ts'
import { takeUploads } from './upload.ts'

export interface HttpSettings {
  readonly bodyLimitBytes: number
  readonly version: string
  readonly trustProxy: readonly string[] | 'next' | null
  readonly rateLimits: RateLimits
  readonly noteRefusal: NoteRefusal
}

/** `next`: the last hop alone is believed, for whatever stands before it in the header anybody may have written. */
const trustOf = (trust: HttpSettings['trustProxy']) => {
  if (trust === 'next') return (_address: string, hop: number) => hop === 0
  return trust === null ? false : [...trust]
}

const faultOf = (error: unknown, log: Logger, trace: string, limitBytes: number) => {
  if (error instanceof FaultError) return error.fault
  const code = (error as Partial<FastifyError>).code // fastify's own errors carry one
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return fault('body-too-large', { limitKib: Math.round(limitBytes / 1024) })
  if (code?.startsWith('FST_ERR_CTP') || error instanceof SyntaxError) return fault('body-unreadable')
  log.error({ err: error, trace }, 'a request met a defect')
  return fault('defect', { trace })
}

/** Where a console's WebSocket is connected to, followed by its ticket. */
export const consolePath = '/api/v1/consoles/'

/** The edge of the program: limits, traces, problems, the contract and its documentation. */
export const createHttpServer = async (settings: HttpSettings, log: Logger): Promise<FastifyInstance> => {
  const app = Fastify({
    bodyLimit: settings.bodyLimitBytes,
    trustProxy: trustOf(settings.trustProxy),
    requestTimeout: 60_000,
    routerOptions: { maxParamLength: 200 },
    // A caller's own trace id is kept when it is one (W3C trace context), else a new one is made.
    genReqId: (request) =>
      /^00-([0-9a-f]{32})-/.exec(String(request.headers.traceparent))?.[1] ?? randomUUID().replaceAll('-', ''),
    loggerInstance: log as FastifyBaseLogger, // else pino's own type spreads into every signature
    logController: new LogController({ disableRequestLogging: true }),
    // An address that cannot be decoded leads nowhere; it is answered before any hook.
    frameworkErrors: (_error, request, reply) => {
      secure(request, reply)
      sendFault(request, reply, fault('not-found'))
    },
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    // Clients that offer another protocol beside (Java's offers h2c) are answered in this one.
    http: { shouldUpgradeCallback: ({ url }) => url?.startsWith(consolePath) ?? false },
  })
  secureAnswers(app)
  limitAddresses(app, settings.rateLimits, settings.noteRefusal)
  app.setErrorHandler((error, request, reply) =>
    sendFault(request, reply, faultOf(error, log, request.id, settings.bodyLimitBytes)),
  )
  app.setNotFoundHandler((request, reply) => sendFault(request, reply, fault('not-found')))
  // An empty body with a JSON content type is what many clients send with a bare POST: it means no body.
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, undefined)
    try {
      done(null, parseJson(body.toString()))
    } catch (error) {
      done(error as Error, undefined) // it throws nothing but SyntaxError and FaultError
    }
  })
  takeForms(app)
  takeUploads(app)
  await app.register(websocket, {
    // What a browser sends is keys and a clipboard.
    options: { maxPayload: 1_048_576, closeTimeout: 2_000 },
    errorHandler: (error, socket) => {
      log.debug({ err: error }, 'a WebSocket broke')
      socket.terminate()
    },
    preClose: (done) => done(), // who serves one closes it, and says why
  })
  const document = openapi(operations, { version: settings.version })
  app.get('/openapi.json', async () => document)
  app.get('/docs/faults', (_request, reply) => reply.type('text/markdown; charset=utf-8').send(printFaults()))
  // The generator's own type of a document is narrower than what OpenAPI 3.1 allows.
  await app.register(swagger, { mode: 'static', specification: { document: document as never } })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    // Its own page and scripts, by their hashes, and no frame around them.
    staticCSP: true,
    transformStaticCSP: (policy) => `${policy} frame-ancestors 'none'; form-action 'none';`,
    // Without the bar on top, which is another project's.
    uiConfig: { layout: 'BaseLayout', filter: true, persistAuthorization: true },
    theme: { title: 'Yiduo 一朵 API' },
  })
  return app
}
