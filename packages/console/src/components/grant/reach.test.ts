import { expect, test } from 'vitest'
import { isReached, type Place } from './reach.ts'

const places: readonly Place[] = ['above', 'beside', 'at', 'below']
const reached = (reach: 'own' | 'subtree' | 'all') => places.filter((it) => isReached(reach, it))

test('a grant is drawn as far as it reaches, and never up or sideways but where it reaches everything', () => {
  expect(reached('own')).toEqual(['at'])
  expect(reached('subtree')).toEqual(['at', 'below'])
  expect(reached('all')).toEqual(['above', 'beside', 'at', 'below'])
})
