import { decodeUuid, encodeUuid } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { createShiftableClock } from './clock.ts'
import { createIdentifierSource } from './identifier.ts'

test('ids made one after another sort as they were made, also in their typed form', () => {
  const clock = createShiftableClock()
  const newId = createIdentifierSource(clock)
  const made: string[] = []
  for (let count = 0; count < 200; count++) {
    made.push(newId())
    if (count % 50 === 49) clock.shift(86_400_000)
  }
  expect([...made].sort()).toEqual(made)
  expect(made.map(encodeUuid).sort().map(decodeUuid)).toEqual(made)
})
