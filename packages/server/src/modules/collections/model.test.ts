import { collectionStates } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { advance, collectionMachine, isWithBureau } from './model.ts'

test('only what is decided or dissolved has no way on', () => {
  const ends = collectionStates.filter((state) => Object.keys(collectionMachine[state]).length === 0)
  expect(ends).toEqual(['approved', 'rejected', 'discarded'])
})

test('a bureau changes what it has in hand, and nothing that the operator decides on', () => {
  expect(collectionStates.filter(isWithBureau)).toEqual(['draft', 'returned'])
  expect(advance('submitted', 'discard')).toBeNull()
})
