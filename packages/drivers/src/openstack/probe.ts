import { done, isDone, type Outcome, type ProbeReport } from '@yiduo/driver-api'
import { Type } from 'typebox'
import { type CapabilitiesDeps, readCapabilities } from './capabilities.ts'
import type { Session } from './keystone.ts'
import { type Microversion, printed } from './microversions.ts'
import { instant } from './observed.ts'
import { policyOf, rightNames, serviceOf } from './rights.ts'
import { shape } from './shape.ts'
import { applicationCredentialShape } from './shapes-identity.ts'

interface ProbeDeps extends CapabilitiesDeps {
  readonly applicationCredentialId: string | null
}

const anything = shape(Type.Unknown())

export async function probe(deps: ProbeDeps): Promise<Outcome<ProbeReport>> {
  const session = await deps.cloud.session(null)
  if (!isDone(session)) return session
  const capabilities = await readCapabilities(deps)
  if (!isDone(capabilities)) return capabilities
  // With the token in hand: what every call costs, not what a login costs. A stopwatch, not a clock.
  const started = performance.now()
  const trip = await deps.cloud.ask({ service: 'identity', path: '/auth/catalog', project: null }, anything)
  if (!isDone(trip)) return trip
  const roundTripMs = performance.now() - started
  return done({
    product: 'OpenStack',
    version: await version(deps, session.value),
    capabilities: capabilities.value,
    missingPermissions: await missingPermissions(deps, session.value),
    roundTripMs,
    credentialExpiresAt: await expiry(deps, session.value),
  })
}

/** Nova's newest microversion tells the release (docs.openstack.org/nova/latest/reference/api-microversion-history.html). */
const releases: Readonly<Record<string, string>> = {
  '2.53': 'Pike',
  '2.60': 'Queens',
  '2.65': 'Rocky',
  '2.72': 'Stein',
  '2.79': 'Train',
  '2.87': 'Ussuri or Victoria',
  '2.88': 'Wallaby',
  '2.90': 'Xena or Yoga',
  '2.93': 'Zed',
  '2.95': '2023.1 or 2023.2',
  '2.96': '2024.1 or 2024.2',
  '2.100': '2025.1',
}

async function version(deps: ProbeDeps, session: Session): Promise<string> {
  const offered = async (service: 'compute' | 'volume'): Promise<Microversion | null> => {
    if (session.catalogue[service] === undefined) return null
    const versions = await deps.microversions.of(service, session)
    return isDone(versions) ? versions.value.offered : null
  }
  const compute = printed(await offered('compute'))
  const parts = `compute ${compute}, volume ${printed(await offered('volume'))}`
  const release = releases[compute]
  return release === undefined ? parts : `${release} (${parts})`
}

async function missingPermissions({ rights }: ProbeDeps, session: Session): Promise<readonly string[]> {
  const there = rightNames.filter((right) => session.catalogue[serviceOf(right)] !== undefined)
  const answers = await Promise.all(there.map(async (right) => ({ right, may: await rights.may(right) })))
  return answers.filter(({ may }) => isDone(may) && !may.value).map(({ right }) => policyOf(right))
}

/** A token's own end is no news: it is renewed. Null where the credential has no end or the cloud does not tell. */
async function expiry(deps: ProbeDeps, session: Session): Promise<Date | null> {
  if (deps.applicationCredentialId === null) return session.passwordExpiresAt
  const path = `/users/${session.userId}/application_credentials/${encodeURIComponent(deps.applicationCredentialId)}`
  const found = await deps.cloud.ask({ service: 'identity', path, project: null }, applicationCredentialShape)
  return isDone(found) ? instant(found.value.application_credential.expires_at) : null
}
