import {
  billClose,
  grantCreate,
  noticeList,
  passwordChange,
  requestApprove,
  requestList,
  sessionCreate,
  sessionGet,
  totpProve,
} from '@yiduo/contract'
import { expect, test } from 'vitest'
import { type Caller, everything, type HeldGrant, nothingAtAll, programAct } from '../../kernel/act.ts'
import { FaultError } from '../../kernel/refusal.ts'
import { authorise, scopeOf } from './authority.ts'

const now = new Date('2026-03-01T00:00:00Z')
const grant = (it: Partial<HeldGrant>): HeldGrant => ({
  id: 'g',
  role: 'department',
  organisationId: 'a',
  organisationPath: '/1/2/',
  reach: 'own',
  until: null,
  ...it,
})
type PersonCaller = Extract<Caller, { kind: 'person' }>
const person = (grants: readonly HeldGrant[], it: Partial<PersonCaller> = {}): Caller => ({
  kind: 'person',
  personId: 'p',
  login: 'p',
  organisationId: 'a',
  sessionId: 's',
  stage: 'complete',
  provenUntil: null,
  operations: null,
  grants,
  ...it,
})
const codeOf = (call: () => unknown): string => {
  try {
    call()
  } catch (error) {
    if (error instanceof FaultError) return error.fault.code
    throw error
  }
  return 'allowed'
}

test('grants that allow an operation reach as far as all of them together', () => {
  const grants = [
    grant({ organisationId: 'a' }),
    grant({ organisationId: 'b', organisationPath: '/1/3/', reach: 'subtree', role: 'operator' }),
    grant({ organisationId: 'c', role: 'system-admin', reach: 'all' }), // does not allow it
  ]
  expect(scopeOf(grants, 'request.list', now)).toEqual({ all: false, subtrees: ['/1/3/'], organisations: ['a'] })
  expect(scopeOf(grants, 'request.approve', now)).toEqual({ all: false, subtrees: ['/1/3/'], organisations: [] })
  expect(scopeOf([...grants, grant({ role: 'auditor', reach: 'all' })], 'request.list', now)).toBe(everything)
})

test('two roles at one place reach no further than one: lists look there once', () => {
  const twice = (it: Partial<HeldGrant>) => [grant({ ...it, role: 'operator' }), grant({ ...it, role: 'auditor' })]
  expect(scopeOf(twice({ organisationId: 'a' }), 'request.list', now).organisations).toEqual(['a'])
  const city = twice({ organisationPath: '/1/3/', reach: 'subtree' })
  expect(scopeOf(city, 'request.list', now).subtrees).toEqual(['/1/3/'])
})

test('a grant holds until its instant, and not at it', () => {
  const until = (instant: string) => scopeOf([grant({ until: new Date(instant) })], 'request.list', now).organisations
  expect(until('2026-03-01T00:00:00.001Z')).toEqual(['a'])
  expect(until('2026-03-01T00:00:00Z')).toEqual([])
})

test('nobody without a grant that allows it does anything but what is public or their own', () => {
  const nobody: Caller = { kind: 'nobody' }
  expect(authorise(sessionCreate, nobody, now)).toBe(nothingAtAll)
  expect(codeOf(() => authorise(sessionGet, nobody, now))).toBe('not-signed-in')
  expect(authorise(sessionGet, person([]), now)).toBe(nothingAtAll)
  expect(codeOf(() => authorise(requestList, person([]), now))).toBe('not-permitted')
  expect(codeOf(() => authorise(requestApprove, person([grant({})]), now))).toBe('not-permitted')
  expect(codeOf(() => authorise(billClose, person([grant({ role: 'operator' })]), now))).toBe('allowed')
})

test('a one-time password allows its own change only', () => {
  const newcomer = person([grant({ role: 'operator', reach: 'all' })], { stage: 'password-change' })
  expect(authorise(sessionGet, newcomer, now)).toBe(nothingAtAll)
  expect(codeOf(() => authorise(requestList, newcomer, now))).toBe('password-change-required')
})

test('at each step of the log-in only what leads on is open', () => {
  const at = (stage: PersonCaller['stage']) => person([grant({ role: 'operator', reach: 'all' })], { stage })
  expect(authorise(totpProve, at('second-factor'), now)).toBe(nothingAtAll)
  for (const spec of [passwordChange, noticeList, requestList])
    expect(codeOf(() => authorise(spec, at('second-factor'), now))).toBe('second-factor-required')
  expect(codeOf(() => authorise(totpProve, at('second-factor-set-up'), now))).toBe('second-factor-set-up-required')
})

test('a token for programs does what is on its list and what its owner may, and nothing of how somebody gets in', () => {
  const operations = ['request.*', 'notice.list', 'password.change']
  const program = person([grant({ role: 'department', only: operations })], { operations })
  expect(authorise(requestList, program, now).organisations).toEqual(['a'])
  expect(authorise(noticeList, program, now)).toBe(nothingAtAll)
  expect(authorise(sessionGet, program, now)).toBe(nothingAtAll)
  expect(codeOf(() => authorise(requestApprove, program, now))).toBe('not-permitted')
  expect(codeOf(() => authorise(passwordChange, program, now))).toBe('not-for-tokens')
  const narrow = person([grant({ role: 'operator', only: ['notice.list'] })], { operations: ['notice.list'] })
  expect(codeOf(() => authorise(requestList, narrow, now))).toBe('not-permitted')
})

test('what grants, destroys or settles asks for a factor proven shortly before, where the policy does', () => {
  const admin = (provenUntil: Date | null) => person([grant({ role: 'security-admin', reach: 'all' })], { provenUntil })
  expect(codeOf(() => authorise(grantCreate, admin(null), now))).toBe('allowed')
  expect(codeOf(() => authorise(grantCreate, admin(new Date(now.getTime() + 1)), now))).toBe('allowed')
  expect(codeOf(() => authorise(grantCreate, admin(now), now))).toBe('step-up-required')
  expect(codeOf(() => authorise(requestList, person([grant({})], { provenUntil: now }), now))).toBe('allowed')
})

test('the program itself reaches everything', () => {
  expect(authorise(requestList, programAct('p', 'request.list', 't').caller, now)).toBe(everything)
})
