import { expect, test } from 'vitest'
import { mask } from './mask.ts'

test('a secret’s value is hidden at any depth; that there was one stays visible', () => {
  expect(
    mask({
      name: 'a',
      credential: { token: 'x', user: 'u' },
      list: [{ oldPassword: 'x', newPassword: 'y' }],
      deep: { applicationCredentialSecret: 'x', Token: 'y' },
    }),
  ).toEqual({
    name: 'a',
    credential: '***',
    list: [{ oldPassword: '***', newPassword: '***' }],
    deep: { applicationCredentialSecret: '***', Token: '***' },
  })
})

test('what says only whether there is a secret is kept', () => {
  expect(mask({ mustChangePassword: true, credential: null, password: '' })).toEqual({
    mustChangePassword: true,
    credential: null,
    password: '***',
  })
})

test('instants, numbers and nothing pass as they are', () => {
  const at = new Date()
  expect(mask({ at, count: 3, none: null })).toEqual({ at, count: 3, none: null })
  expect(mask('text')).toBe('text')
  expect(mask(undefined)).toBeUndefined()
})
