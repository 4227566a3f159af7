import { absent, done, type Failure, failure, isDone, type Outcome, type ProjectRef } from '@yiduo/driver-api'
import type { ServiceName } from './catalogue.ts'
import { parseJson, refusalOf } from './faults.ts'
import type { Http, HttpAnswer, Method } from './http.ts'
import type { Keystone, Session } from './keystone.ts'
import type { Microversions } from './microversions.ts'
import type { Shape } from './shape.ts'

export interface Call {
  readonly service: ServiceName
  readonly method?: Method
  /** Below the service's versioned base, with its slash: `/servers/…`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body?: unknown
  /** In whose scope; null is our own project. */
  readonly project: ProjectRef | null
}

/** The one door to the cloud: token, endpoint, microversion, one renewal on a 401, refusals as outcomes. */
export interface Cloud {
  /** For answers that are read. A GET of what isn't there is absent. */
  ask<T>(call: Call, shape: Shape<T>): Promise<Outcome<T>>
  /** For acts whose answer is empty or of no interest. A DELETE of what isn't there is absent. */
  act(call: Call): Promise<Outcome<null>>
  session(project: ProjectRef | null): Promise<Outcome<Session>>
}

/**
 * From home: an administrator reads everywhere from there, also what stands in a project that is gone. Whoever is
 * shown nothing there asks again where the thing stands: with lesser roles a service tells that 404 as well.
 */
export async function fromHome<T>(
  cloud: Pick<Cloud, 'session'>,
  project: ProjectRef | null,
  read: (scope: ProjectRef | null) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const found = await read(null)
  if (project === null || (found.outcome !== 'absent' && found.outcome !== 'denied')) return found
  const home = await cloud.session(null)
  return isDone(home) && home.value.projectId === project.projectId ? found : read(project)
}

interface CloudDeps {
  readonly http: Http
  readonly keystone: Keystone
  readonly microversions: Microversions
  readonly now: () => Date
}

export function createCloud(deps: CloudDeps): Cloud {
  async function exchange(call: Call): Promise<Outcome<HttpAnswer>> {
    const first = await inSession(deps, call)
    if (!isDone(first) || first.value.answer.status !== 401) return answered(deps, call, first)
    // Keystone forgets tokens early: when a role or a project goes, or its keys are turned over.
    deps.keystone.forget(first.value.session)
    return answered(deps, call, await inSession(deps, call))
  }
  return {
    async ask(call, shape) {
      const answer = await exchange(call)
      if (!isDone(answer)) return answer
      const body = parseJson(answer.value.text)
      return shape.fits(body) ? done(body) : unreadable(call, answer.value)
    },
    async act(call) {
      const answer = await exchange(call)
      return isDone(answer) ? done(null) : answer
    },
    session: (project) => deps.keystone.session(project),
  }
}

interface Exchange {
  readonly session: Session
  readonly answer: HttpAnswer
}

async function inSession(deps: CloudDeps, call: Call): Promise<Outcome<Exchange>> {
  const found = await deps.keystone.session(call.project)
  if (!isDone(found)) return found
  const session = found.value
  const base = session.catalogue[call.service]
  if (base === undefined)
    return failure('permanent', 'cloud-unsupported', `the catalogue offers no ${call.service} service here`)
  const version = await deps.microversions.header(call.service, session)
  if (!isDone(version)) return version
  const answer = await deps.http.send({
    method: call.method ?? 'GET',
    url: `${base}${call.path}${queryOf(call)}`,
    headers: { 'x-auth-token': session.token, ...version.value },
    body: call.body,
  })
  return 'outcome' in answer ? answer : done({ session, answer })
}

function answered(deps: CloudDeps, call: Call, exchange: Outcome<Exchange>): Outcome<HttpAnswer> {
  if (!isDone(exchange)) return exchange
  const { answer } = exchange.value
  const refusal = refusalOf(call.method ?? 'GET', answer, deps.now())
  if (refusal === null) return done(answer)
  return refusal.outcome === 'absent' ? absent : refusal
}

function queryOf(call: Call): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(call.query ?? {}))
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) query.append(name, one)
  return query.size === 0 ? '' : `?${query}`
}

const unreadable = (call: Call, answer: HttpAnswer): Failure =>
  failure(
    'transient',
    'cloud-answer-unreadable',
    `${answer.status} to ${call.method ?? 'GET'} ${call.service} ${call.path}: ${answer.quote()}`,
  )
