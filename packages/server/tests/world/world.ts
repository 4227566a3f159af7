import {
  type AnswerOf,
  type CallOf,
  type Client,
  createClient,
  type OperationSpec,
  operationGet,
  platformAdd,
  type RequestState,
  requestGet,
  type ServiceRequest,
  sessionCreate,
} from '@yiduo/contract'
import { createSimCloud, orderFault, type SimCloudDescription, type SimFaultOrder } from '@yiduo/drivers'
import { type Logger, pino } from 'pino'
import { compose, type Yiduo } from '../../src/compose.ts'
import { readConfig } from '../../src/config/index.ts'
import { createShiftableClock } from '../../src/kernel/clock.ts'
import type { Overrides } from '../../src/overrides.ts'
import { simDatabase } from '../../src/platform/database/sim-database.ts'
import { createGround, type Ground } from './ground.ts'
import { createSmallProvince, password, type SmallProvince } from './small-province.ts'
import { waitUntil } from './wait.ts'

export { waitUntil } from './wait.ts'

export interface World extends AsyncDisposable {
  readonly yiduo: Yiduo
  readonly url: string
  readonly databaseUrl: string
  readonly province: SmallProvince
  readonly clock: ReturnType<typeof createShiftableClock>
  /** Turns the clock forward. Sessions run out meanwhile: everybody signs in anew. */
  shift(byMs: number): void
  /** A client signed in under that name; signs in once. */
  as(login: string): Promise<Client>
  /** The token of that client, for calls that no client would make. */
  tokenOf(login: string): Promise<string>
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
  readonly log?: Logger
  /** The instant at which the world's clock stands when it begins; now if absent. */
  readonly startsAt?: Date
  /** Where the world stands if it is to outlive it; else on a ground of its own. */
  readonly ground?: Ground
}

export const cloudName = 'test-cloud'
export const cloudToken = 'sim-token'
const imageName = 'tiny-linux'

const flavours = [
  { name: 'small', vcpus: 1, memoryMib: 2_048, diskGib: 20 },
  { name: 'medium', vcpus: 2, memoryMib: 4_096, diskGib: 20 },
  { name: 'large', vcpus: 4, memoryMib: 8_192, diskGib: 20 },
]

/** A test signs in many people many times: guessing need not be dear there. */
const cheapPasswords = { memoryCost: 8, timeCost: 1, parallelism: 1 }

/** Makes the simulated cloud of a world, at once in all it does unless told otherwise. */
const createTestCloud = (database: Parameters<typeof createSimCloud>[0], cloud: Partial<SimCloudDescription> = {}) =>
  createSimCloud(database, {
    name: cloudName,
    token: cloudToken,
    hosts: [{ prefix: 'host', count: 2, vcpus: 16, memoryMib: 65_536, diskGib: 2_000 }],
    flavours,
    images: [{ name: imageName, minimumDiskGib: 1, minimumMemoryMib: 256 }],
    times: { serverBuildMs: 0, volumeBuildMs: 0, serverResizeMs: 0, serverPowerMs: 0, serverRemoveMs: 0 },
    ...cloud,
  })

/** Connects the simulated cloud as a platform of the small province and waits until it is online. */
export const connectTestCloud = async (world: Pick<World, 'call' | 'operationEnded' | 'province'>): Promise<string> => {
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

/** Signs people in, each once. */
const createSignIns = (url: string) => {
  const tokens = new Map<string, Promise<string>>()
  const signIn = async (login: string): Promise<string> => {
    const session = await createClient({ baseUrl: url }).call(sessionCreate, { body: { login, password } })
    return session.token ?? ''
  }
  const tokenOf = (login: string): Promise<string> => {
    const known = tokens.get(login) ?? signIn(login)
    tokens.set(login, known)
    return known
  }
  return { tokenOf, forget: () => tokens.clear() }
}

type Doors = Pick<World, 'as' | 'tokenOf' | 'call' | 'requestIn' | 'operationEnded'> & { readonly forget: () => void }

/** What users do, at whatever address a server answers. */
export const createDoors = (url: string, known = createSignIns(url)): Doors => {
  const as: World['as'] = async (login) =>
    createClient({ baseUrl: url, token: await known.tokenOf(login), locale: 'en' })
  const call: World['call'] = async (login, operation, it) => (await as(login)).call(operation, it)
  return {
    ...known,
    as,
    call,
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
  }
}

/** A whole Yiduo in this process, over a database of its own, behind a real port, with one simulated cloud. */
export const createWorld = async ({
  cloud,
  ruleVcpus = 4,
  environment = {},
  overrides = {},
  log = pino({ level: process.env.YIDUO_LOG_LEVEL ?? 'fatal' }),
  startsAt = new Date(),
  ground,
}: WorldOptions = {}): Promise<World> => {
  await using stack = new AsyncDisposableStack()
  const { databaseUrl, folder } = ground ?? stack.use(await createGround())
  const clock = createShiftableClock(startsAt.getTime() - Date.now())
  const config = readConfig(
    { YIDUO_DATA: folder, YIDUO_PORT: '0', YIDUO_CLOUD_CALL_LIMIT_MS: '1000', ...environment },
    [],
  )
  const yiduo = stack.use(
    await compose(config, databaseUrl, log, { clock, passwordCost: cheapPasswords, ...overrides }),
  )
  await createTestCloud(simDatabase(yiduo.database), cloud)
  const province = await createSmallProvince(yiduo, { imageName, ruleVcpus })
  const url = await yiduo.app.listen({ port: 0, host: '127.0.0.1' })
  const { forget, ...doors } = createDoors(url)
  const kept = stack.move()
  return {
    ...doors,
    yiduo,
    url,
    databaseUrl,
    province,
    clock,
    shift: (byMs) => {
      clock.shift(byMs)
      forget()
    },
    until: waitUntil,
    fault: (order) => orderFault(simDatabase(yiduo.database), cloudName, order),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}
