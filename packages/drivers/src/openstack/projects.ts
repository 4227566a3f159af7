import {
  type Attempt,
  done,
  type Failure,
  failure,
  isDone,
  type Outcome,
  type ProjectQuota,
  type ProjectRef,
  type ProjectsFacet,
} from '@yiduo/driver-api'
import type { Cloud } from './cloud.ts'
import type { Session } from './keystone.ts'
import { carriedBy } from './marks.ts'
import { cloudName } from './names.ts'
import { type InFlight, makeOnce, nothingToPrepare, oldest, removeAll } from './once.ts'
import { dropQuotas, setQuotas } from './quotas.ts'
import { type KeystoneProject, projectShape, projectsShape, rolesShape } from './shapes-identity.ts'
import { securityGroupsShape } from './shapes-network.ts'

interface ProjectsDeps {
  readonly cloud: Cloud
  readonly inFlight: InFlight
  /** Whether this credential makes projects; if not, everything lives in its own. */
  managesProjects(): Promise<Outcome<boolean>>
}

type ProjectAsk = Parameters<ProjectsFacet['ensure']>[0]
type ProjectRemoval = Parameters<ProjectsFacet['remove']>[0]

/** Keystone's longest project name, in characters. */
const maxNameLength = 64

export const createProjectsFacet = (deps: ProjectsDeps): ProjectsFacet => ({
  ensure: (ask, attempt) => ensureProject(deps, ask, attempt),
  remove: (what, attempt) => removeProject(deps, what, attempt),
})

async function ensureProject(deps: ProjectsDeps, ask: ProjectAsk, attempt: Attempt): Promise<Outcome<ProjectRef>> {
  const own = await deps.cloud.session(null)
  if (!isDone(own)) return own
  const manages = await deps.managesProjects()
  if (!isDone(manages)) return manages
  if (!manages.value) return done({ projectId: own.value.projectId })
  const made = await makeOnce<KeystoneProject, null>({
    thing: `project ${ask.mark}`,
    attempt,
    inFlight: deps.inFlight,
    fenced: true,
    look: () => lookForProject(deps, ask.mark),
    prepare: nothingToPrepare,
    make: () => postProject(deps, ask, own.value.domainId),
  })
  if (!isDone(made)) return made
  const project = { projectId: made.value.id }
  const granted = await grantOurselves(deps, own.value, project)
  if (!isDone(granted)) return granted
  const limited = ask.quota === null ? done(null) : await limit(deps, project, ask.quota)
  return isDone(limited) ? done(project) : limited
}

const limit = (deps: ProjectsDeps, project: ProjectRef, quota: ProjectQuota) => setQuotas(deps.cloud, project, quota)

async function postProject(
  { cloud }: ProjectsDeps,
  ask: ProjectAsk,
  domainId: string,
): Promise<Outcome<KeystoneProject>> {
  const project = {
    name: uniqueName(ask.name, ask.mark),
    description: ask.mark,
    domain_id: domainId,
    enabled: true,
    tags: [ask.mark],
  }
  const call = { service: 'identity', method: 'POST', path: '/projects', body: { project }, project: null } as const
  const made = await cloud.ask(call, projectShape)
  return isDone(made) ? done(made.value.project) : made
}

/** Ends in the mark, which makes it the fence: Keystone takes a name once in a domain. */
function uniqueName(name: string, mark: string): string {
  const room = maxNameLength - mark.length - 1
  return room > 0 ? `${cloudName(name, room)}-${mark}` : mark
}

async function markedProjects({ cloud }: ProjectsDeps, mark: string): Promise<Outcome<readonly KeystoneProject[]>> {
  const call = { service: 'identity', path: '/projects', query: { tags: mark }, project: null } as const
  const found = await cloud.ask(call, projectsShape)
  // A Keystone older than tags (Queens) answers with everything.
  return isDone(found) ? done(found.value.projects.filter((it) => carriedBy(it).includes(mark))) : found
}

async function lookForProject(deps: ProjectsDeps, mark: string): Promise<Outcome<KeystoneProject | null>> {
  const found = await markedProjects(deps, mark)
  return isDone(found) ? done(oldest(found.value, (it) => it.id)) : found
}

/** Member is enough to work in a project; where the cloud has no such role, the one we hold ourselves. */
async function grantOurselves({ cloud }: ProjectsDeps, own: Session, project: ProjectRef): Promise<Outcome<null>> {
  const member = await memberRole(cloud, own)
  if (!isDone(member)) return member
  const path = `/projects/${project.projectId}/users/${own.userId}/roles/${member.value}`
  return cloud.act({ service: 'identity', method: 'PUT', path, project: null })
}

async function memberRole(cloud: Cloud, own: Session): Promise<Outcome<string>> {
  const held = own.roles.find((it) => it.name === 'member')
  if (held !== undefined) return done(held.id)
  const roles = await cloud.ask({ service: 'identity', path: '/roles', project: null }, rolesShape)
  if (!isDone(roles)) return roles
  const named = ['member', '_member_'].flatMap((name) => roles.value.roles.filter((it) => it.name === name))
  const chosen = named[0] ?? own.roles[0]
  return chosen === undefined
    ? failure('denied', 'cloud-permission-missing', 'there is no role to work in a project with')
    : done(chosen.id)
}

async function removeProject(deps: ProjectsDeps, what: ProjectRemoval, attempt: Attempt): Promise<Outcome<null>> {
  const own = await deps.cloud.session(null)
  if (!isDone(own)) return own.outcome === 'absent' ? done(null) : own
  const manages = await deps.managesProjects()
  if (!isDone(manages)) return manages
  if (what.projectId === own.value.projectId) return done(null)
  if (!manages.value) return what.projectId === null ? done(null) : managesNoMore(what.projectId)
  const touched = new Set(what.projectId === null ? [] : [what.projectId])
  const removed = await removeAll({
    thing: `project ${what.mark}`,
    externalId: what.projectId,
    attempt,
    inFlight: deps.inFlight,
    async look() {
      const found = await markedProjects(deps, what.mark)
      if (!isDone(found)) return found
      for (const it of found.value) touched.add(it.id)
      return done(found.value.map((it) => it.id))
    },
    async isStranger(id) {
      const path = `/projects/${encodeURIComponent(id)}`
      const found = await deps.cloud.ask({ service: 'identity', path, project: null }, projectShape)
      return isDone(found) ? done(!carriedBy(found.value.project).includes(what.mark)) : found
    },
    drop: (id) => dropProject(deps, id),
  })
  if (!isDone(removed)) return removed
  // Neutron makes a default group again at any listing in the project's scope, so what counts is the look after its end.
  for (const id of touched) {
    const swept = await dropSecurityGroups(deps.cloud, id)
    if (!isDone(swept)) return swept
  }
  return done(null)
}

/** Made when the credential could: to call it removed would leave it there for ever, with all its quota. */
const managesNoMore = (projectId: string): Failure =>
  failure(
    'denied',
    'cloud-permission-missing',
    `project ${projectId} is not ours, and the credential no longer manages projects`,
  )

/** What the clouds keep by project id goes first: after a crash in between, the project can still be found by mark. */
async function dropProject({ cloud }: ProjectsDeps, projectId: string): Promise<Outcome<null>> {
  const groups = await dropSecurityGroups(cloud, projectId)
  if (!isDone(groups)) return groups
  const quotas = await dropQuotas(cloud, { projectId })
  if (!isDone(quotas)) return quotas
  return cloud.act({ service: 'identity', method: 'DELETE', path: `/projects/${projectId}`, project: null })
}

/** Neutron keeps the default group of a project that Keystone has deleted; listing by project makes it if it is not there. */
async function dropSecurityGroups(cloud: Cloud, projectId: string): Promise<Outcome<null>> {
  const session = await cloud.session(null)
  if (!isDone(session)) return session
  if (session.value.catalogue.network === undefined) return done(null)
  const query = { project_id: projectId, fields: 'id' }
  const groups = await cloud.ask(
    { service: 'network', path: '/security-groups', query, project: null },
    securityGroupsShape,
  )
  if (!isDone(groups)) return groups
  for (const group of groups.value.security_groups) {
    const path = `/security-groups/${group.id}`
    const dropped = await cloud.act({ service: 'network', method: 'DELETE', path, project: null })
    if (!isDone(dropped) && dropped.outcome !== 'absent') return dropped
  }
  return done(null)
}
