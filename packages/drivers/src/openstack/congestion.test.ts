import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createCongestion } from './congestion.ts'

const crowd = (congestion: ReturnType<typeof createCongestion>, size: number, origin = 'http://nova') => {
  const leaves: ((answered: 'in-time' | 'late') => void)[] = []
  for (let index = 0; index < size; index++) void congestion.enter(origin).then((leave) => leaves.push(leave))
  return leaves
}

test('of a crowd only so many are sent at once, the others when one is answered, in the order they came', async () => {
  const leaves = crowd(createCongestion(), 20)
  await turn()
  expect(leaves).toHaveLength(8)
  leaves[0]?.('in-time')
  await turn()
  expect(leaves).toHaveLength(9)
})

test('a service that answers late gets half as many, once for all that were under way together', async () => {
  const leaves = crowd(createCongestion(), 40)
  await turn()
  for (const leave of leaves.splice(0, 8)) leave('late')
  await turn()
  expect(leaves).toHaveLength(4)
  for (const leave of leaves.splice(0, 4)) leave('late')
  await turn()
  expect(leaves).toHaveLength(2)
})

test('even one that never answers in time gets one at a time, and recovers as it does', async () => {
  const congestion = createCongestion()
  const leaves = crowd(congestion, 200)
  for (let round = 0; round < 10; round++) {
    await turn()
    for (const leave of leaves.splice(0)) leave('late')
  }
  await turn()
  expect(leaves).toHaveLength(1)
  for (let answered = 0; answered < 60; answered++) {
    await turn()
    leaves.shift()?.('in-time')
  }
  await turn()
  expect(leaves.length).toBeGreaterThan(6)
})

test('one slow service does not hold the others back', async () => {
  const congestion = createCongestion()
  crowd(congestion, 20)
  const other = crowd(congestion, 1, 'http://neutron')
  await turn()
  expect(other).toHaveLength(1)
})
