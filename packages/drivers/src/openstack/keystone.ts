import { absent, done, type Failure, failure, isDone, type Outcome, type ProjectRef } from '@yiduo/driver-api'
import { type Catalogue, overrideOf, readCatalogue, regionsOf, versioned } from './catalogue.ts'
import { parseJson, refusalOf } from './faults.ts'
import type { Http, HttpAnswer } from './http.ts'
import type { Credential, Settings } from './settings.ts'
import { type TokenBody, tokenRequest, tokenShape } from './tokens.ts'

/** A token scoped to one project, and what came with it. */
export interface Session {
  readonly token: string
  readonly expiresAt: Date
  readonly projectId: string
  readonly domainId: string
  readonly userId: string
  readonly roles: readonly { readonly id: string; readonly name: string }[]
  readonly catalogue: Catalogue
  readonly passwordExpiresAt: Date | null
}

interface KeystoneDeps {
  readonly http: Http
  readonly endpoint: string
  readonly settings: Settings
  readonly credential: Credential
  readonly now: () => Date
}

export interface Keystone {
  /** The session of a project, null for our own. Absent if that project is gone. */
  session(project: ProjectRef | null): Promise<Outcome<Session>>
  /** Drops a session that the cloud refused; the next call asks for a new one. */
  forget(session: Session): void
}

/** So long before its end a token is renewed: a request may take a while on its way through several services. */
const renewBeforeMs = 2 * 60_000
/** Each session holds a token and a few addresses; projects beyond this are asked for anew. */
const maxSessions = 2_000
const home = ''

export function createKeystone(deps: KeystoneDeps): Keystone {
  const sessions = new Map<string, Promise<Outcome<Session>>>()
  const refused = new WeakSet<Session>()
  const usable = (session: Session): boolean =>
    !refused.has(session) && session.expiresAt.getTime() - renewBeforeMs > deps.now().getTime()

  async function cached(key: string): Promise<Outcome<Session>> {
    const held = sessions.get(key)
    if (held !== undefined) {
      const session = await held
      // Who waited for a login that failed shares its failure: many tries at once would lock the user out.
      if (!isDone(session) || usable(session.value)) return session
      if (sessions.get(key) !== held) return cached(key) // someone else has begun to renew it
    }
    const asked = authenticate(deps, key === home ? null : key)
    sessions.set(key, asked)
    const oldest = sessions.size > maxSessions ? sessions.keys().next().value : undefined
    if (oldest !== undefined) sessions.delete(oldest)
    const session = await asked
    if (!isDone(session) && sessions.get(key) === asked) sessions.delete(key)
    return session
  }

  return {
    async session(project) {
      const own = await cached(home)
      if (own.outcome !== 'done' || project === null || project.projectId === own.value.projectId) return own
      if ('applicationCredentialId' in deps.credential)
        return failure('denied', 'cloud-permission-missing', 'an application credential works in its own project only')
      const other = await cached(project.projectId)
      if (other.outcome !== 'denied') return other
      // Keystone answers 401 alike for a wrong password, a project that is gone and one without a role in it.
      return (await exists(deps, own.value, project)) ? withoutRole(project, other) : absent
    },
    forget(session) {
      refused.add(session)
    },
  }
}

const withoutRole = (project: ProjectRef, refused: Failure): Failure =>
  failure(
    'denied',
    'cloud-permission-missing',
    `our user has no role in project ${project.projectId}: ${refused.words}`,
  )

/** Only an explicit 404 says that a project is gone; whoever may not look gets 403. */
async function exists(deps: KeystoneDeps, own: Session, project: ProjectRef): Promise<boolean> {
  const answer = await deps.http.send({
    method: 'GET',
    url: `${own.catalogue.identity}/projects/${encodeURIComponent(project.projectId)}`,
    headers: { 'x-auth-token': own.token },
  })
  return 'outcome' in answer || answer.status !== 404
}

async function authenticate(deps: KeystoneDeps, projectId: string | null): Promise<Outcome<Session>> {
  const identityUrl = versioned(
    'identity',
    overrideOf(deps.settings.endpointOverrides ?? {}, 'identity') ?? deps.endpoint,
    '',
  )
  const answer = await deps.http.send({
    method: 'POST',
    url: `${identityUrl}/auth/tokens`,
    headers: {},
    body: tokenRequest(deps.credential, deps.settings, projectId),
  })
  if ('outcome' in answer) return answer
  const refusal = keystoneRefusal(answer, deps.now())
  if (refusal !== null) return refusal
  const token = answer.header('x-subject-token')
  const body = parseJson(answer.text)
  if (token === null || !tokenShape.fits(body))
    return failure('transient', 'cloud-answer-unreadable', `${answer.status} from ${identityUrl} holds no token`)
  return sessionOf(body.token, token, identityUrl, deps.settings)
}

/** Keystone refuses in JSON; a 404 or a web page means that something else lives at this address. */
function keystoneRefusal(answer: HttpAnswer, now: Date): Failure | null {
  const refusal = refusalOf('POST', answer, now)
  const json = parseJson(answer.text) !== undefined
  if (refusal === null || refusal.outcome === 'absent')
    return json ? null : failure('permanent', 'cloud-endpoint-wrong', `${answer.status} ${answer.quote()}`)
  if (refusal.outcome === 'transient' || answer.status === 401) return refusal
  if (answer.status === 404 || answer.status === 405 || !json)
    return failure('permanent', 'cloud-endpoint-wrong', refusal.words)
  return refusal
}

function sessionOf(body: TokenBody['token'], token: string, identityUrl: string, settings: Settings): Outcome<Session> {
  if (body.project === undefined || body.catalog === undefined)
    return failure('denied', 'cloud-permission-missing', 'the user has no default project: name one in the settings')
  const catalogue = readCatalogue(body.catalog, {
    region: settings.region ?? null,
    interface: settings.interface ?? 'public',
    overrides: settings.endpointOverrides ?? {},
    projectId: body.project.id,
    identityUrl,
  })
  const regions = regionsOf(body.catalog)
  // Without a name each service would be taken from whichever region comes first, and they might not fit together.
  if (settings.region === undefined && regions.length > 1)
    return failure('permanent', 'cloud-endpoint-wrong', `several regions, name one of ${regions.join(', ')}`)
  if (settings.region !== undefined && !regions.includes(settings.region))
    return failure('permanent', 'cloud-endpoint-wrong', `no region ${settings.region}; there are ${regions.join(', ')}`)
  return done({
    token,
    expiresAt: new Date(body.expires_at),
    projectId: body.project.id,
    domainId: body.project.domain.id,
    userId: body.user.id,
    roles: body.roles ?? [],
    catalogue,
    passwordExpiresAt: body.user.password_expires_at ? new Date(body.user.password_expires_at) : null,
  })
}
