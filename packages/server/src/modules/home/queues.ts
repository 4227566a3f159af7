import {
  type ActName,
  fromId,
  type Home,
  type Locale,
  type QueueKind,
  queueKinds,
  type RequestState,
  type Statement,
  toId,
} from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import * as administration from './administration.ts'
import { actWith, countedAtMost, isReaching, queueLimit as limit } from './reach.ts'
import type { HomeDeps } from './service.ts'

export type Waiting = Home['queues'][number]['items'][number]

/** Who may do this is whom these wait for. */
const requestsIn: Readonly<Record<'test' | 'returned' | 'failed', { permission: ActName; states: RequestState[] }>> = {
  test: { permission: 'request.pass-test', states: ['testing'] },
  returned: { permission: 'request.submit', states: ['returned'] },
  failed: { permission: 'request.retry', states: ['delivery-failed', 'recycle-failed', 'reclaim-failed'] },
}

const statementsFor: readonly (readonly [permission: ActName, state: Statement['state']])[] = [
  ['statement.confirm', 'draft'],
  ['statement.answer', 'disputed'],
  ['statement.sign', 'confirmed'],
  ['statement.countersign', 'operator-signed'],
]

const requests = (deps: HomeDeps, act: Act, kind: keyof typeof requestsIn): Promise<Waiting[]> => {
  const { permission, states } = requestsIn[kind]
  const own = actWith(deps, act, permission)
  return isReaching(own) ? deps.requests.listQueue(own, { stateIn: states, limit }) : Promise.resolve([])
}

const collections = async (deps: HomeDeps, act: Act): Promise<Waiting[]> => {
  const { plain } = deps.database
  const ids = await deps.approvals.waitingFor(plain, act, 'collection', { limit: countedAtMost, after: null })
  const found = await deps.collections.byIds(plain, ids)
  const names = await deps.organisations.names(
    plain,
    found.map((it) => it.bureauOrganisationId),
  )
  return found.map(({ id, name, state, bureauOrganisationId }) => ({
    id: toId('collection', id),
    name,
    organisationName: names.get(bureauOrganisationId) ?? null,
    state,
    dueAt: null,
  }))
}

/** Names of organisations by their typed ids. */
const namesOf = async (deps: HomeDeps, ids: readonly string[]) => {
  const bare = new Map(ids.map((id) => [id, fromId('organisation', id) ?? '']))
  const names = await deps.organisations.names(deps.database.plain, [...new Set(bare.values())])
  return (id: string): string | null => names.get(bare.get(id) ?? '') ?? null
}

const statements = async (deps: HomeDeps, act: Act): Promise<Waiting[]> => {
  const mine = statementsFor
    .filter(([permission]) => isReaching(actWith(deps, act, permission)))
    .map(([, state]) => state)
  if (mine.length === 0) return []
  const { items } = await deps.statements.list(actWith(deps, act, 'statement.list'), { limit: 500 })
  const waiting = items.filter(({ state }) => mine.includes(state))
  const nameOf = await namesOf(
    deps,
    waiting.map((it) => it.providerOrganisationId),
  )
  return waiting.map(({ id, month, state, providerOrganisationId }) => ({
    id,
    name: month,
    organisationName: nameOf(providerOrganisationId),
    state,
    dueAt: null,
  }))
}

const demandPlans = async (deps: HomeDeps, act: Act): Promise<Waiting[]> => {
  const accepting = actWith(deps, act, 'demand-plan.accept')
  const making = actWith(deps, act, 'demand-plan.submit')
  const toDecide = isReaching(accepting) ? (await deps.demand.list(accepting, { limit: 500 })).items : []
  const toCorrect = isReaching(making) ? (await deps.demand.list(making, { limit: 500 })).items : []
  const found = [
    ...toDecide.filter((it) => it.state === 'submitted'),
    ...toCorrect.filter((it) => it.state === 'returned'),
  ]
  const nameOf = await namesOf(
    deps,
    found.map((it) => it.organisationId),
  )
  return found.map((it) => ({
    id: it.id,
    name: String(it.year),
    organisationName: nameOf(it.organisationId),
    state: it.state,
    dueAt: null,
  }))
}

/** Tasks that were taken on come by their day, what nobody has taken on behind them. */
const advice = async (deps: HomeDeps, act: Act, locale: Locale): Promise<Waiting[]> => {
  const own = actWith(deps, act, 'advice.assign')
  if (!isReaching(own)) return []
  const assigned = (await deps.advice.list(own, { state: 'assigned', limit }, locale)).items
  const open = (await deps.advice.list(own, { state: 'open', limit }, locale)).items
  const found = [...assigned, ...open]
  const nameOf = await namesOf(
    deps,
    found.map((it) => it.organisationId),
  )
  const systemIds = found.map((it) => fromId('system', it.systemId) ?? '')
  const systems = await deps.systems.names(deps.database.plain, [...new Set(systemIds)])
  // Ten volumes that nothing is attached to are ten equal messages: whose they are tells them apart.
  return found.map(({ id, message, state, dueOn, organisationId }, index) => ({
    id,
    name: [systems.get(systemIds[index] ?? ''), message].filter(Boolean).join(' · '),
    organisationName: nameOf(organisationId),
    state,
    dueAt: dueOn === null ? null : new Date(`${dueOn}T23:59:59+08:00`).toISOString(),
  }))
}

const soonest = (a: Waiting, b: Waiting): number => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9')

/** What waits for the caller, by their roles and as far as those reach. */
export const queues = async (deps: HomeDeps, act: Act, locale: Locale): Promise<Home['queues']> => {
  const lists: Readonly<Record<QueueKind, () => Promise<Waiting[]>>> = {
    approval: () => deps.requests.listQueue(act, { waitingForMe: true, limit }),
    collection: () => collections(deps, act),
    test: () => requests(deps, act, 'test'),
    returned: () => requests(deps, act, 'returned'),
    failed: () => requests(deps, act, 'failed'),
    'demand-plan': () => demandPlans(deps, act),
    statement: () => statements(deps, act),
    advice: () => advice(deps, act, locale),
    'pending-grant': () => administration.grants(deps, act),
    'due-review': () => administration.grantReviews(deps, act),
    'emergency-access': () => administration.emergencyAccess(deps, act),
    'identity-provider': () => administration.identityProviders(deps, act),
    'ending-token': () => administration.serviceTokens(deps, act),
    finding: () => administration.findings(deps, act),
  }
  const filled: Home['queues'] = []
  for (const kind of queueKinds) {
    const found = await lists[kind]()
    if (found.length === 0) continue
    const items = found.toSorted(soonest).slice(0, 5)
    filled.push({ kind, count: Math.min(found.length, countedAtMost), more: found.length > countedAtMost, items })
  }
  return filled
}
