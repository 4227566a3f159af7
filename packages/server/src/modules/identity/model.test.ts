import { roles, separatedDuties } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { everything, nothingAtAll } from '../../kernel/act.ts'
import { excludedBy, mayGive, passwordWeakness } from './model.ts'

test.each([
  ['Aa1-', 'shorter than 8'],
  ['aaaaaaaaaa', 'fewer than 3 kinds of characters'],
  ['abcdefgh12', 'fewer than 3 kinds of characters'],
  ['Zhangsan-2026', 'contains the log-in name'],
])('the password %s is too weak: %s', (password, why) => {
  expect(passwordWeakness(password, 'zhangsan')).toBe(why)
})

test.each(['Abcdefg1', 'abcdefg-1', '密码密码Abc1', 'P@ss word 9'])('the password %s will do', (password) => {
  expect(passwordWeakness(password, 'zhangsan')).toBeNull()
})

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
