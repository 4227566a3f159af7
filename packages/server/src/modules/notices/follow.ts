import { fromId, type Role } from '@yiduo/contract'
import type { Tx } from '../../platform/database/index.ts'
import { type EventRow, workThrough } from '../../platform/events/index.ts'
import { faultOf, parametersOf, rulesFor } from './model.ts'
import { type Audience, type NoticeRule, noticeRules } from './rules.ts'
import type { NoticeDeps } from './service.ts'
import * as store from './store.ts'

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
  const organisationFor = async (at: string, event: EventRow): Promise<string | null> => {
    if (at === 'organisation') return event.organisationId
    const named = fromId('organisation', text(event.data[at]))
    return named ?? (event.organisationId && operators(event.organisationId))
  }
  return {
    async people(audience: Audience, event: EventRow): Promise<readonly string[]> {
      if ('person' in audience) return [fromId('person', text(event.data[audience.person]))].filter((it) => it !== null)
      const organisationId = await organisationFor(audience.at, event)
      return organisationId === null ? [] : people(`${audience.role} ${organisationId}`)
    },
    async systemName(event: EventRow): Promise<string | null> {
      const uuid = fromId('system', text(event.data.systemId))
      return uuid && names(uuid)
    },
  }
}

type LookUps = ReturnType<typeof createLookUps>

const noticesBy = async (deps: NoticeDeps, lookUps: LookUps, rule: NoticeRule, event: EventRow) => {
  const people = await Promise.all(rule.to.map((it) => lookUps.people(it, event)))
  const parameters = { ...parametersOf(rule, event), system: await lookUps.systemName(event) }
  return [...new Set(people.flat())].map((personId) => ({
    id: deps.newId(),
    personId,
    eventPosition: event.position,
    code: rule.code,
    parameters,
    subject: event.subject,
    fault: faultOf(event),
    organisationId: event.organisationId,
    at: event.at,
    createdAt: deps.clock.now(),
  }))
}

/** Tells whom the rules name of what has happened since it looked last. */
export const follow = (deps: NoticeDeps) => (): Promise<void> =>
  workThrough(deps.database, 'notices', async (tx, events) => {
    const lookUps = createLookUps(deps, tx)
    const notices: Omit<store.NoticeRow, 'readAt'>[] = []
    for (const event of events)
      for (const rule of rulesFor(noticeRules, event, deps.clock.now()))
        notices.push(...(await noticesBy(deps, lookUps, rule, event)))
    if (notices.length > 0) await store.insertNotices(tx, notices)
  })
