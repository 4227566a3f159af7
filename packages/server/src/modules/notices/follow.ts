import { type FaultParameters, fromId, type Role, toId } from '@yiduo/contract'
import type { Tx } from '../../platform/database/index.ts'
import { type EventRow, workThrough } from '../../platform/events/index.ts'
import { faultOf, parametersOf, rulesFor } from './model.ts'
import { insertPosts, type ToPost } from './outbox-store.ts'
import { mailedOf } from './preference-store.ts'
import { type Audience, type NoticeRule, noticeRules } from './rules.ts'
import type { NoticeDeps } from './service.ts'
import * as store from './store.ts'
import { webhooksOf } from './webhook-store.ts'

/** Asks once for what several events of a batch need. */
const remembering = <Answer>(ask: (key: string) => Promise<Answer>) => {
  const known = new Map<string, Promise<Answer>>()
  return (key: string): Promise<Answer> => {
    const answer = known.get(key) ?? ask(key)
    known.set(key, answer)
    return answer
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Looks up, for the events of one batch, who is meant and what things are called. */
const createLookUps = ({ holders, operatorOf, systemName }: NoticeDeps, tx: Tx) => {
  const names = remembering((uuid) => systemName(tx, uuid))
  const operators = remembering((uuid) => operatorOf(tx, uuid))
  const people = remembering((key) => {
    const [role = '', organisationId = ''] = key.split(' ')
    return holders(tx, role as Role, organisationId) // the key was made of one below
  })
  const organisation = async (audience: Audience, event: EventRow): Promise<string | null> => {
    if ('person' in audience) return null
    if (audience.at === 'organisation') return event.organisationId
    const named = fromId('organisation', text(event.data[audience.at]))
    const isOperator = audience.at === 'operatorOrganisationId'
    return named ?? (isOperator && event.organisationId ? operators(event.organisationId) : null)
  }
  return {
    organisation,
    webhooks: remembering((organisationId) => webhooksOf(tx, organisationId)),
    async people(audience: Audience, event: EventRow): Promise<readonly string[]> {
      if ('person' in audience) return [fromId('person', text(event.data[audience.person]))].filter((it) => it !== null)
      const organisationId = await organisation(audience, event)
      return organisationId === null ? [] : people(`${audience.role} ${organisationId}`)
    },
    async systemName(event: EventRow): Promise<string | null> {
      const uuid = fromId('system', text(event.data.systemId))
      return uuid && names(uuid)
    },
  }
}

type LookUps = ReturnType<typeof createLookUps>

/** One rule that fits one event. */
interface Telling {
  readonly rule: NoticeRule
  readonly event: EventRow
  readonly parameters: FaultParameters
}

type Unmailed = Omit<store.NewNotice, 'byMail'> & { readonly stays: boolean }

const noticesOf = async (
  { newId, clock }: NoticeDeps,
  lookUps: LookUps,
  { rule, event, parameters }: Telling,
): Promise<Unmailed[]> => {
  const people = await Promise.all(rule.to.map((it) => lookUps.people(it, event)))
  return [...new Set(people.flat())].map((personId) => ({
    id: newId(),
    personId,
    eventPosition: event.position,
    code: rule.code,
    parameters,
    subject: event.subject,
    fault: faultOf(event),
    organisationId: event.organisationId,
    at: event.at,
    createdAt: clock.now(),
    stays: rule.stays ?? false,
  }))
}

/** The webhooks of the organisations that are told. */
const postsOf = async (
  { newId, clock }: NoticeDeps,
  lookUps: LookUps,
  { rule, event, parameters }: Telling,
): Promise<ToPost[]> => {
  if (rule.stays) return []
  const organisations = await Promise.all(rule.to.map((it) => lookUps.organisation(it, event)))
  const told = [...new Set(organisations.filter((it) => it !== null))]
  const webhooks = (await Promise.all(told.map((it) => lookUps.webhooks(it)))).flat()
  const organisationId = event.organisationId && toId('organisation', event.organisationId)
  return webhooks.map((webhook) => ({
    id: newId(),
    webhookId: webhook.id,
    eventPosition: event.position,
    content: { code: rule.code, parameters, subject: event.subject, organisationId, at: event.at.toISOString() },
    createdAt: clock.now(),
  }))
}

const tell = async (deps: NoticeDeps, tx: Tx, events: readonly EventRow[]): Promise<void> => {
  const lookUps = createLookUps(deps, tx)
  const notices: Unmailed[] = []
  const posts: ToPost[] = []
  for (const event of events)
    for (const rule of rulesFor(noticeRules, event, deps.clock.now())) {
      const parameters = { ...parametersOf(rule, event), system: await lookUps.systemName(event) }
      notices.push(...(await noticesOf(deps, lookUps, { rule, event, parameters })))
      posts.push(...(await postsOf(deps, lookUps, { rule, event, parameters })))
    }
  if (notices.length > 0) {
    const mailed = new Set(deps.mailer ? await mailedOf(tx, [...new Set(notices.map((it) => it.personId))]) : [])
    const withWay = notices.map(({ stays, ...it }) => ({ ...it, byMail: !stays && mailed.has(it.personId) }))
    await store.insertNotices(tx, withWay)
  }
  if (posts.length > 0) await insertPosts(tx, posts)
}

/** Tells whom the rules name of what has happened since it looked last. */
export const follow = (deps: NoticeDeps) => (): Promise<void> =>
  workThrough(deps.database, 'notices', (tx, events) => tell(deps, tx, events))
