import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { Type } from 'typebox'
import { openstackLab } from './lab.ts'
import { askCloud } from './witness.ts'

/** Every call that makes something on an OpenStack, as a service answers it. */
const makingRequests = {
  project: /^POST identity\/v3\/projects$/,
  network: /^POST network\/v2\.0\/networks$/,
  router: /^POST network\/v2\.0\/routers$/,
  subnet: /^POST network\/v2\.0\/subnets$/,
  interface: /^PUT network\/v2\.0\/routers\/[^/]+\/add_router_interface$/,
  port: /^POST network\/v2\.0\/ports$/,
  rules: /^POST network\/v2\.0\/security-groups$/,
  volume: /^POST volume\/v3\/[^/]+\/volumes$/,
  snapshot: /^POST volume\/v3\/[^/]+\/snapshots$/,
  serverGroup: /^POST compute\/v2\.1\/os-server-groups$/,
  server: /^POST compute\/v2\.1\/servers$/,
  attachment: /^POST compute\/v2\.1\/servers\/[^/]+\/os-volume_attachments$/,
  address: /^POST network\/v2\.0\/floatingips$/,
} as const
export type MakingRequest = keyof typeof makingRequests

/** Made by nothing that the line asks for; the conformance suite loses them. */
const besides: readonly string[] = ['rules', 'snapshot', 'serverGroup'] satisfies MakingRequest[]

/** Those that the delivery of a request makes, in turn. */
export const madeInTheLine = (Object.keys(makingRequests) as MakingRequest[]) // the keys of that very table
  .filter((call) => !besides.includes(call))

/** A way to the cloud that can break, once at each place it is told to. */
export interface FrailWay extends AsyncDisposable {
  /** Settings of a platform that lead every service through it. */
  readonly endpointOverrides: Readonly<Record<string, string>>
  /** The next such call takes effect and its answer is lost; `then` runs in place of the answer. */
  loseAnswer(call: MakingRequest, then?: () => Promise<void>): Break
  /** The next such call never arrives. */
  loseCall(call: MakingRequest): Break
}

export interface Break {
  struck(): boolean
  mend(): void
}

interface Plan {
  readonly call: MakingRequest
  readonly loses: 'answer' | 'call'
  readonly then: () => Promise<void>
  struck: boolean
}

const Catalogue = Type.Array(
  Type.Object({
    Type: Type.String(),
    Endpoints: Type.Array(Type.Object({ interface: Type.String(), region: Type.String(), url: Type.String() })),
  }),
)
const serviceTypes = { compute: 'compute', volumev3: 'volume', network: 'network', image: 'image' } as const

/** Where each service really is, without the version in its path. */
const upstreams = async (): Promise<ReadonlyMap<string, string>> => {
  const { region, authUrl } = openstackLab()
  const { catalogue } = await askCloud({ catalogue: { command: 'catalog list', schema: Catalogue } })
  const bare = (url: string) => url.replace(/\/v\d.*$/, '').replace(/\/$/, '')
  const found = new Map([['identity', bare(authUrl)]])
  for (const [type, service] of Object.entries(serviceTypes)) {
    const endpoints = catalogue.find((it) => it.Type === type)?.Endpoints ?? []
    const url = endpoints.find((it) => it.region === region && it.interface === 'public')?.url
    if (url === undefined) throw new Error(`the catalogue has no ${type} in ${region}`)
    found.set(service, bare(url))
  }
  return found
}

/** Hop-by-hop, or no longer true once the body was read. */
const notPassedOn = new Set([
  'host',
  'connection',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'keep-alive',
])

const pass = async (request: IncomingMessage, base: string, path: string) => {
  const body = await buffer(request)
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    typeof value === 'string' && !notPassedOn.has(name) ? [[name, value] as [string, string]] : [],
  )
  const answer = await fetch(`${base}${path}`, {
    method: request.method ?? 'GET',
    headers,
    redirect: 'manual',
    ...(body.length === 0 ? {} : { body }),
  })
  return { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) }
}

const serve = async (
  request: IncomingMessage,
  reply: ServerResponse,
  bases: ReadonlyMap<string, string>,
  plans: readonly Plan[],
): Promise<void> => {
  const [, service = '', path = '/'] = /^\/(\w+)(\/.*)?$/.exec(request.url ?? '') ?? []
  const said = `${request.method} ${service}${path.split('?')[0]}`
  const plan = plans.find((it) => !it.struck && makingRequests[it.call].test(said))
  if (plan?.loses === 'call') {
    plan.struck = true
    request.socket.destroy()
    return
  }
  const answer = await pass(request, bases.get(service) ?? '', path)
  // What the cloud refused had no effect: losing that answer would prove nothing.
  if (plan && answer.status < 300) {
    plan.struck = true
    await plan.then()
    request.socket.destroy()
    return
  }
  const headers = [...answer.headers].filter(([name]) => !notPassedOn.has(name))
  reply.writeHead(answer.status, Object.fromEntries(headers)).end(answer.body)
}

export const createFrailWay = async (): Promise<FrailWay> => {
  const bases = await upstreams()
  let plans: Plan[] = []
  const server = createServer((request, reply) => {
    // Whoever asked may be dead by now: then nobody waits for the answer.
    serve(request, reply, bases, plans).catch(() => request.socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const url = `http://127.0.0.1:${address.port}`
  const arm = (call: MakingRequest, loses: Plan['loses'], then: Plan['then']): Break => {
    const plan: Plan = { call, loses, then, struck: false }
    plans = [...plans, plan]
    return {
      struck: () => plan.struck,
      mend: () => {
        plans = plans.filter((it) => it !== plan)
      },
    }
  }
  return {
    endpointOverrides: {
      ...Object.fromEntries(Object.entries(serviceTypes).map(([type, service]) => [type, `${url}/${service}`])),
      identity: `${url}/identity`,
    },
    loseAnswer: (call, then = async () => undefined) => arm(call, 'answer', then),
    loseCall: (call) => arm(call, 'call', async () => undefined),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
