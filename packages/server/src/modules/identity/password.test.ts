import { expect, test } from 'vitest'
import { createPasswords } from './password.ts'

test('a flood of log-ins is sent away before it fills the memory, and nobody who waits is forgotten', async () => {
  const passwords = createPasswords({ memoryCost: 8, timeCost: 1, parallelism: 1 })
  const right = await passwords.hash('Right-2026-password')
  const outcomes = await Promise.allSettled(
    Array.from({ length: 150 }, (_, n) =>
      passwords.verify(right, n % 2 ? 'Wrong-2026-password' : 'Right-2026-password'),
    ),
  )
  const answered = outcomes.filter((it) => it.status === 'fulfilled')
  expect(answered).toHaveLength(102) // two under way and a hundred that wait
  expect(answered.filter(({ value }) => value)).toHaveLength(51)
  const sent = outcomes.filter((it) => it.status === 'rejected')
  expect(sent.map(({ reason }) => reason.fault)).toEqual(
    Array.from({ length: 48 }, () => ({ code: 'too-many-requests', parameters: { seconds: 10 } })),
  )
  expect(await passwords.verify(right, 'Right-2026-password')).toBe(true)
})
