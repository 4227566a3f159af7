import { done, failure, isDone, type Outcome } from '@yiduo/driver-api'
import { Type } from 'typebox'
import type { ServiceName } from './catalogue.ts'
import { parseJson, refusalOf } from './faults.ts'
import type { Http } from './http.ts'
import type { Session } from './keystone.ts'
import { shape } from './shape.ts'

export interface Microversion {
  readonly major: number
  readonly minor: number
}

interface Versions {
  /** What the service offers at most; null for a service older than microversions. */
  readonly offered: Microversion | null
  /** What we speak to it. */
  readonly spoken: Microversion | null
}

type Versioned = Extract<ServiceName, 'compute' | 'volume'>

/**
 * Nova: 2.52 tags at creation, 2.61 a flavour's properties in its listing, 2.64 a server group's one policy, 2.69 servers of a cell that is down
 * stay in listings, 2.84 why an act failed; from 2.88 hypervisors no longer tell vCPUs and memory.
 * Cinder: 3.5 messages to users by resource, 3.40 back to a snapshot, 3.42 extending attached volumes.
 */
const wanted: Record<Versioned, Microversion> = {
  compute: { major: 2, minor: 87 },
  volume: { major: 3, minor: 42 },
}

export const needed = {
  remoteConsoles: { major: 2, minor: 6 },
  serverTags: { major: 2, minor: 52 },
  serverGroupPolicy: { major: 2, minor: 64 },
  extendAttached: { major: 3, minor: 42 },
  revert: { major: 3, minor: 40 },
} as const satisfies Record<string, Microversion>

export interface Microversions {
  /** The header that asks for the version we speak; empty where the service knows none. */
  header(service: ServiceName, session: Session): Promise<Outcome<Readonly<Record<string, string>>>>
  of(service: Versioned, session: Session): Promise<Outcome<Versions>>
}

export const reaches = (it: Microversion | null, least: Microversion): boolean =>
  it !== null && (it.major > least.major || (it.major === least.major && it.minor >= least.minor))

export const printed = (it: Microversion | null): string => (it === null ? 'none' : `${it.major}.${it.minor}`)

export function createMicroversions(http: Http, now: () => Date): Microversions {
  const known = new Map<Versioned, Promise<Outcome<Versions>>>()

  async function of(service: Versioned, session: Session): Promise<Outcome<Versions>> {
    const asked = known.get(service) ?? discover(http, now, service, session)
    known.set(service, asked)
    const versions = await asked
    if (!isDone(versions) && known.get(service) === asked) known.delete(service)
    return versions
  }

  return {
    of,
    async header(service, session) {
      if (service !== 'compute' && service !== 'volume') return done({})
      const versions = await of(service, session)
      if (!isDone(versions)) return versions
      const { spoken } = versions.value
      return done(spoken === null ? {} : { 'openstack-api-version': `${service} ${printed(spoken)}` })
    },
  }
}

const documentShape = shape(
  Type.Object({ version: Type.Optional(Type.String()), min_version: Type.Optional(Type.String()), id: Type.String() }),
)
/** Nova answers `{version}`, Cinder `{versions}`. */
const answerShape = shape(
  Type.Object({ version: Type.Optional(Type.Unknown()), versions: Type.Optional(Type.Array(Type.Unknown())) }),
)

async function discover(http: Http, now: () => Date, service: Versioned, session: Session): Promise<Outcome<Versions>> {
  const base = session.catalogue[service]
  if (base === undefined)
    return failure('permanent', 'cloud-unsupported', `the catalogue offers no ${service} service here`)
  const url = `${base.replace(/(\/v\d(\.\d)?)(\/.*)?$/, '$1')}/`
  // Old Cinder lets nobody read this without a token.
  const answer = await http.send({ method: 'GET', url, headers: { 'x-auth-token': session.token } })
  if ('outcome' in answer) return answer
  // Cinder and Nova answer 300 where several versions are offered.
  const refusal = answer.status === 300 ? null : refusalOf('GET', answer, now())
  if (refusal !== null)
    return refusal.outcome === 'absent' ? failure('permanent', 'cloud-endpoint-wrong', `404 from ${url}`) : refusal
  const body = parseJson(answer.text)
  const documents = answerShape.fits(body) ? [body.version, ...(body.versions ?? [])].filter(documentShape.fits) : []
  const current = documents.find((it) => it.id.startsWith(`v${wanted[service].major}`) && it.version)
  if (documents.length === 0) return failure('transient', 'cloud-answer-unreadable', `no version document at ${url}`)
  return done(negotiated(wanted[service], read(current?.version), read(current?.min_version)))
}

function negotiated(want: Microversion, most: Microversion | null, least: Microversion | null): Versions {
  if (most === null) return { offered: null, spoken: null }
  const lowered = reaches(most, want) ? want : most
  return { offered: most, spoken: least !== null && reaches(least, lowered) ? least : lowered }
}

function read(text: string | undefined): Microversion | null {
  const [, major, minor] = /^(\d+)\.(\d+)$/.exec(text ?? '') ?? []
  return major === undefined || minor === undefined ? null : { major: Number(major), minor: Number(minor) }
}
