import type { Caller, Scope } from '../../kernel/act.ts'
import { everything, nothingAtAll } from '../../kernel/act.ts'
import { scopeOf } from '../http/index.ts'
import type { EventRow } from './store.ts'

/** What one must be allowed to read to be told that it changed; an event's type begins with what it is about. */
const readingOf: Readonly<Record<string, string>> = {
  request: 'request.get',
  collection: 'collection.get',
  attachment: 'attachment.list',
  resource: 'resource.get',
  server: 'resource.get',
  volume: 'resource.get',
  address: 'resource.get',
  'power-schedule': 'power-schedule.list',
  operation: 'operation.get',
  platform: 'platform.get',
  node: 'node.list',
  'data-centre': 'data-centre.list',
  organisation: 'organisation.get',
  system: 'system.get',
  offering: 'offering.get',
  template: 'template.get',
  plan: 'offering.get',
  component: 'component.list',
  price: 'price.list',
  quota: 'quota.list',
  bill: 'bill.get',
  budget: 'budget.list',
  statement: 'statement.get',
  'demand-plan': 'demand-plan.get',
  advice: 'advice.list',
  person: 'person.list',
  finding: 'finding.get',
  grant: 'grant.list',
  'grant-review': 'grant.list',
  'emergency-access': 'grant.list',
}

/** Where nothing is named, only those who read the audit trail are told. */
const operationFor = (type: string): string => readingOf[type.slice(0, type.indexOf('.'))] ?? 'audit.list'

const lies = (scope: Scope, event: EventRow): boolean =>
  scope.all ||
  (event.organisationId !== null && scope.organisations.includes(event.organisationId)) ||
  scope.subtrees.some((path) => event.organisationPath?.startsWith(path) ?? false)

export const mayRead = (caller: Caller, event: EventRow, now: Date): boolean =>
  caller.kind === 'program' ||
  (caller.kind === 'person' && lies(scopeOf(caller.grants, operationFor(event.type), now), event))

const readings = [...new Set([...Object.values(readingOf), 'audit.list'])]

/** Wherever the caller may be told of anything at all: no event from elsewhere need be read for them. */
export const reachOf = (caller: Caller, now: Date): Scope => {
  if (caller.kind === 'program') return everything
  if (caller.kind === 'nobody') return nothingAtAll
  const scopes = readings.map((operation) => scopeOf(caller.grants, operation, now))
  const together = (pick: (scope: Scope) => readonly string[]) => [...new Set(scopes.flatMap(pick))]
  return {
    all: scopes.some((it) => it.all),
    subtrees: together((it) => it.subtrees),
    organisations: together((it) => it.organisations),
  }
}
