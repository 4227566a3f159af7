import { roles, separatedDuties } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { everything, nothingAtAll } from '../../kernel/act.ts'
import { type Entry, endOf, excludedBy, mayGive, passwordWeakness, provenUntil, stageOf } from './model.ts'
import { standardPolicy } from './policy.ts'

const names = { login: 'zhangsan', organisation: '省民政厅' }

test.each([
  ['Aa1-', 'password-short'],
  ['aaaaaaaaaa', 'password-few-kinds'],
  ['abcdefgh12', 'password-few-kinds'],
  ['Zhangsan-2026', 'password-has-login'],
  ['Yiduo-2026-x', 'password-has-name'],
  ['省民政厅Ab12', 'password-has-name'],
  ['P@ssw0rd', 'password-common'],
  ['Admin@123', 'password-common'],
  ['2026!Passw0rd', 'password-common'],
  ['1qaz@WSX', 'password-common'],
  ['Abcdefg1', 'password-common'],
])('the password %s is too weak: %s', (password, why) => {
  expect(passwordWeakness(password, names, standardPolicy, [])).toBe(why)
})

test.each(['Abendrot1', 'adminton-1', 'Pass-the-word-7', '密码密码Abc1', 'P@ss word 9'])(
  'the password %s will do',
  (password) => {
    expect(passwordWeakness(password, names, standardPolicy, [])).toBeNull()
  },
)

test('each of the three duties excludes the two others, and nothing else', () => {
  for (const held of roles)
    for (const wanted of roles) {
      const excludes = held !== wanted && separatedDuties.includes(held) && separatedDuties.includes(wanted)
      expect(excludedBy([held], wanted)).toBe(excludes ? held : null)
    }
})

test('nobody gives a reach that is wider than their own', () => {
  const city = { ...nothingAtAll, subtrees: ['/1/2/'] }
  const own = { ...nothingAtAll, organisations: ['a'] }
  expect(mayGive(everything, 'all', '/1/')).toBe(true)
  expect(mayGive(city, 'all', '/1/2/')).toBe(false)
  expect(mayGive(city, 'subtree', '/1/2/7/')).toBe(true)
  expect(mayGive(city, 'subtree', '/1/20/')).toBe(false)
  expect(mayGive(own, 'subtree', '/1/2/')).toBe(false)
  expect(mayGive(own, 'own', '/1/2/')).toBe(true)
})

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000)
const entry = (it: Partial<Entry> = {}): Entry => ({
  mustChangePassword: false,
  passwordChangedAt: at(0),
  lastUsedAt: at(0),
  expiresAt: at(720),
  factorAt: null,
  provenAt: null,
  hasFactor: false,
  byPassword: true,
  ...it,
})

test.each([
  ['nothing is lacking', {}, ['department'], 'complete'],
  ['an operator has no factor', {}, ['operator'], 'second-factor-set-up'],
  ['a factor is there and was not proven', { hasFactor: true }, ['department'], 'second-factor'],
  [
    'whoever has the password alone may not change it',
    { hasFactor: true, mustChangePassword: true },
    [],
    'second-factor',
  ],
  ['the password is one-time', { mustChangePassword: true }, ['operator'], 'password-change'],
  ['all is proven', { hasFactor: true, factorAt: at(0) }, ['security-admin'], 'complete'],
] as const)('%s: %s', (_, it, held, stage) => {
  expect(stageOf(entry(it), standardPolicy, held, at(1))).toBe(stage)
})

test('a password is old after ninety days, and never where the policy says so', () => {
  const day = 24 * 60
  expect(stageOf(entry(), standardPolicy, [], at(90 * day))).toBe('complete')
  expect(stageOf(entry(), standardPolicy, [], at(90 * day + 1))).toBe('password-change')
  expect(stageOf(entry(), { ...standardPolicy, passwordMaxAgeDays: null }, [], at(900 * day))).toBe('complete')
})

test('a step-up is asked of whoever has a factor or needs one, and lasts as long as the policy says', () => {
  expect(provenUntil(entry(), standardPolicy, ['department'])).toBeNull()
  expect(provenUntil(entry({ hasFactor: true }), standardPolicy, ['department'])).toEqual(new Date(0))
  expect(provenUntil(entry({ hasFactor: true, provenAt: at(5) }), standardPolicy, [])).toEqual(at(15))
  expect(provenUntil(entry(), { ...standardPolicy, stepUpMinutes: null }, ['security-admin'])).toBeNull()
})

test('a session ends when nobody uses it, an administrator’s sooner, and at its time in any case', () => {
  expect(endOf(entry(), standardPolicy, ['department'])).toEqual(at(15))
  expect(endOf(entry(), standardPolicy, ['department', 'audit-admin'])).toEqual(at(10))
  expect(endOf(entry({ lastUsedAt: at(719) }), standardPolicy, [])).toEqual(at(720))
})
