import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import {
  type AnswerOf,
  type CallOf,
  type Client,
  createClient,
  type OperationSpec,
  operationGet,
  type RequestState,
  requestGet,
  type ServiceRequest,
  sessionCreate,
} from '@yiduo/contract'
import { createSimCloud, orderFault, type SimCloudDescription, type SimFaultOrder } from '@yiduo/drivers'
import { pino } from 'pino'
import { compose, type Overrides, type Yiduo } from '../../src/compose.ts'
import { readConfig } from '../../src/config/index.ts'
import { createShiftableClock } from '../../src/kernel/clock.ts'
import { simDatabase } from '../../src/platform/database/sim-database.ts'
import { createTestDatabase } from './database.ts'
import { createSmallProvince, password, type SmallProvince } from './small-province.ts'

export interface World extends AsyncDisposable {
  readonly yiduo: Yiduo
  readonly url: string
  readonly databaseUrl: string
  readonly province: SmallProvince
  readonly clock: ReturnType<typeof createShiftableClock>
  /** A client signed in under that name; signs in once. */
  as(login: string): Promise<Client>
  call<S extends OperationSpec>(login: string, operation: S, call: CallOf<S>): Promise<AnswerOf<S>>
  /** Polls a condition until it holds; fails after the limit with what it last saw. */
  until<T>(look: () => Promise<T | null | undefined | false>, limitMs?: number): Promise<T>
  requestIn(id: string, ...states: RequestState[]): Promise<ServiceRequest>
  operationEnded(login: string, id: string): Promise<AnswerOf<typeof operationGet>>
  fault(order: SimFaultOrder): ReturnType<typeof orderFault>
}

export interface WorldOptions {
  readonly cloud?: Partial<SimCloudDescription>
  readonly ruleVcpus?: number
  readonly environment?: Record<string, string>
  readonly overrides?: Overrides
}

export const cloudName = 'test-cloud'
export const cloudToken = 'sim-token'
export const imageName = 'tiny-linux'

const flavours = [
  { name: 'small', vcpus: 1, memoryMib: 2_048, diskGib: 20 },
  { name: 'medium', vcpus: 2, memoryMib: 4_096, diskGib: 20 },
  { name: 'large', vcpus: 4, memoryMib: 8_192, diskGib: 20 },
]

export const waitUntil = async <T>(look: () => Promise<T | null | undefined | false>, limitMs = 15_000): Promise<T> => {
  const end = Date.now() + limitMs
  for (;;) {
    const seen = await look()
    if (seen) return seen
    if (Date.now() > end) throw new Error(`not within ${limitMs} ms: ${String(look)}`)
    await delay(25)
  }
}

/** Makes the simulated cloud of a world, at once in all it does unless told otherwise. */
export const createTestCloud = (
  database: Parameters<typeof createSimCloud>[0],
  cloud: Partial<SimCloudDescription> = {},
) =>
  createSimCloud(database, {
    name: cloudName,
    token: cloudToken,
    hosts: [{ prefix: 'host', count: 2, vcpus: 16, memoryMib: 65_536, diskGib: 2_000 }],
    flavours,
    images: [{ name: imageName, minimumDiskGib: 1, minimumMemoryMib: 256 }],
    times: { serverBuildMs: 0, volumeBuildMs: 0, serverResizeMs: 0, serverRemoveMs: 0 },
    ...cloud,
  })

/** Connects the simulated cloud as a platform of the small province and waits until it is online. */
export const connectTestCloud = async (world: Pick<World, 'call' | 'operationEnded' | 'province'>): Promise<string> => {
  const { platformAdd } = await import('@yiduo/contract')
  const added = await world.call('operator', platformAdd, {
    body: {
      dataCentreId: world.province.dataCentre.id,
      code: cloudName,
      name: '测试云平台',
      driver: 'sim',
      endpoint: `sim://${cloudName}`,
      credential: { token: cloudToken },
    },
  })
  const probe = await world.operationEnded('operator', added.operation.id)
  if (probe.state !== 'succeeded') throw new Error(`the probe ended ${JSON.stringify(probe.fault)}`)
  return added.platform.id
}

/** A whole Yiduo in this process, over a database of its own, behind a real port, with one simulated cloud. */
export const createWorld = async ({
  cloud,
  ruleVcpus = 4,
  environment = {},
  overrides = {},
}: WorldOptions = {}): Promise<World> => {
  await using stack = new AsyncDisposableStack()
  const database = stack.use(await createTestDatabase())
  const folder = await mkdtemp(join(tmpdir(), 'yiduo-world-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const clock = createShiftableClock()
  const config = readConfig(
    { YIDUO_DATA: folder, YIDUO_PORT: '0', YIDUO_CLOUD_CALL_LIMIT_MS: '1000', ...environment },
    [],
  )
  const log = pino({ level: process.env.YIDUO_LOG_LEVEL ?? 'fatal' })
  const yiduo = stack.use(await compose(config, database.url, log, { clock, ...overrides }))
  await createTestCloud(simDatabase(yiduo.database), cloud)
  const province = await createSmallProvince(yiduo, { imageName, ruleVcpus })
  const url = await yiduo.app.listen({ port: 0, host: '127.0.0.1' })
  const clients = new Map<string, Promise<Client>>()
  const signIn = async (login: string): Promise<Client> => {
    const session = await createClient({ baseUrl: url }).call(sessionCreate, { body: { login, password } })
    return createClient({ baseUrl: url, token: session.token ?? '', locale: 'en' })
  }
  const as = (login: string): Promise<Client> => {
    const known = clients.get(login) ?? signIn(login)
    clients.set(login, known)
    return known
  }
  const call: World['call'] = async (login, operation, it) => (await as(login)).call(operation, it)
  const kept = stack.move()
  return {
    yiduo,
    url,
    databaseUrl: database.url,
    province,
    clock,
    as,
    call,
    until: waitUntil,
    requestIn: (id, ...states) =>
      waitUntil(async () => {
        const request = await call('operator', requestGet, { params: { requestId: id } })
        return states.includes(request.state) && request
      }),
    operationEnded: (login, id) =>
      waitUntil(async () => {
        const operation = await call(login, operationGet, { params: { operationId: id } })
        return operation.endedAt !== null && operation
      }),
    fault: (order) => orderFault(simDatabase(yiduo.database), cloudName, order),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}
