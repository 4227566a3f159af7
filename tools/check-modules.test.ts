import { expect, test } from 'vitest'
import { cyclesOf } from './check-modules.ts'

const graph = (edges: Record<string, string[]>) =>
  new Map(Object.entries(edges).map(([from, to]) => [from, new Map(to.map((name) => [name, `${from}/service.ts`]))]))

test('modules that lean on each other in one direction are no cycle', () => {
  expect(cyclesOf(graph({ requests: ['quota', 'catalogue'], quota: ['catalogue'] }))).toEqual([])
})

test('a cycle over several modules is told once, with the files that make it', () => {
  expect(cyclesOf(graph({ c: ['a'], a: ['b', 'd'], b: ['c'], d: [] }))).toEqual([
    'a → b (a/service.ts), b → c (b/service.ts), c → a (c/service.ts)',
  ])
})

test('two cycles are two complaints', () => {
  expect(cyclesOf(graph({ a: ['b'], b: ['a'], c: ['d'], d: ['c'] }))).toHaveLength(2)
})
