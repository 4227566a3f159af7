import { fromId, type Home, type Role, toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { actWith, isReaching, queueLimit as limit } from './reach.ts'
import type { HomeDeps } from './service.ts'

type Waiting = Home['queues'][number]['items'][number]

const dayMs = 86_400_000
/** Emergency access is looked over while it is awake and so long after; a token is renewed so long before its end. */
const lookedOverMs = 7 * dayMs
const renewedMs = 30 * dayMs

const isMine = ({ caller }: Act, personId: string | null): boolean =>
  caller.kind === 'person' && personId === toId('person', caller.personId)

/** What is about a grant bears the name of its person. */
const ofGrant = (
  of: { readonly id: string; readonly role: Role; readonly state: string; readonly organisationId: string },
  { name, login, dueAt }: { readonly name: string; readonly login: string; readonly dueAt: string | null },
  nameOf: ReadonlyMap<string, string>,
): Waiting => ({
  ...{ id: of.id, name: `${name} · ${login}`, state: of.state, role: of.role, dueAt },
  organisationName: nameOf.get(fromId('organisation', of.organisationId) ?? '') ?? null,
})

const namesFor = (deps: HomeDeps, ids: readonly string[]) =>
  deps.organisations.names(deps.database.plain, [...new Set(ids.flatMap((id) => fromId('organisation', id) ?? []))])

/** Posts that somebody else asked for, for somebody else. */
export const grants = async (deps: HomeDeps, act: Act): Promise<Waiting[]> => {
  const own = actWith(deps, act, 'grant.confirm')
  if (!isReaching(own)) return []
  const { items } = await deps.identity.listGrants(own, { pending: true, limit })
  const mine = items.filter((it) => it.state === 'pending' && !isMine(act, it.personId) && !isMine(act, it.askedById))
  const people = await deps.identity.called(mine.map((it) => it.personId))
  const nameOf = await namesFor(
    deps,
    mine.map((it) => it.organisationId),
  )
  return mine.map((it) =>
    ofGrant(it, { ...(people.get(it.personId) ?? { name: '', login: '' }), dueAt: it.pendingUntil }, nameOf),
  )
}

/** What nobody has looked over for half a year. */
export const grantReviews = async (deps: HomeDeps, act: Act): Promise<Waiting[]> => {
  const own = actWith(deps, act, 'grant-review.keep')
  if (!isReaching(own)) return []
  const { items } = await deps.identity.listGrantReviews(own, { due: true, limit })
  const mine = items.filter((it) => !isMine(act, it.grant.personId))
  const nameOf = await namesFor(
    deps,
    mine.map((it) => it.grant.organisationId),
  )
  return mine.map((it) => ofGrant(it.grant, it, nameOf))
}

/** Emergency access that is awake, or was within the last days. */
export const emergencyAccess = async (deps: HomeDeps, act: Act): Promise<Waiting[]> => {
  const own = actWith(deps, act, 'grant-review.list')
  if (!isReaching(own)) return []
  const since = new Date(deps.clock.now().getTime() - lookedOverMs).toISOString()
  const { items } = await deps.identity.listGrantReviews(own, { emergency: true, limit: 500 })
  const woken = items.filter(
    ({ grant: it }) => it.awakeReason !== null && (it.until ?? '') > since && !isMine(act, it.personId),
  )
  const nameOf = await namesFor(
    deps,
    woken.map((it) => it.grant.organisationId),
  )
  const dueOf = ({ grant: it }: (typeof woken)[number]) => (it.state === 'awake' ? it.until : null)
  return woken.map((it) => ofGrant(it.grant, { name: it.name, login: it.login, dueAt: dueOf(it) }, nameOf))
}

/** Entered by a system administrator, and nobody is let in until a security administrator says whom. */
export const identityProviders = async (deps: HomeDeps, act: Act): Promise<Waiting[]> => {
  const own = actWith(deps, act, 'identity-provider.enable')
  if (!isReaching(own)) return []
  const { items } = await deps.identity.listProviders(own)
  return items
    .filter((it) => !it.enabled)
    .map(({ id, name }) => ({ id, name, organisationName: null, state: 'disabled', dueAt: null }))
}

/** Tokens of service accounts that end soon: a program stands still then. */
export const serviceTokens = async (deps: HomeDeps, act: Act): Promise<Waiting[]> => {
  const own = actWith(deps, act, 'service-token.create')
  if (!isReaching(own)) return []
  const before = new Date(deps.clock.now().getTime() + renewedMs)
  const ending = await deps.identity.serviceTokensEnding(own, before, limit)
  const nameOf = await deps.organisations.names(deps.database.plain, [
    ...new Set(ending.map((it) => it.organisationId)),
  ])
  return ending.map((it) => ({
    id: toId('apiToken', it.id),
    name: `${it.login} · ${it.name}`,
    organisationName: nameOf.get(it.organisationId) ?? null,
    state: 'ending',
    dueAt: it.expiresAt.toISOString(),
  }))
}

/** Whose turn it is with a finding, by its state. */
const findingsFor = [
  ['finding.order', 'raised'],
  ['finding.answer', 'ordered'],
  ['finding.close', 'answered'],
] as const

export const findings = async (deps: HomeDeps, act: Act): Promise<Waiting[]> => {
  const found: Waiting[] = []
  for (const [permission, state] of findingsFor) {
    const own = actWith(deps, act, permission)
    if (!isReaching(own)) continue
    const { items } = await deps.findings.list(own, { state, limit })
    const nameOf = await namesFor(
      deps,
      items.map((it) => it.organisationId),
    )
    for (const it of items)
      found.push({
        id: it.id,
        name: it.title,
        organisationName: nameOf.get(fromId('organisation', it.organisationId) ?? '') ?? null,
        state,
        dueAt: state === 'ordered' && it.dueOn !== null ? new Date(`${it.dueOn}T23:59:59+08:00`).toISOString() : null,
      })
  }
  return found
}
