import { absent, done, failure, pending } from '@yiduo/driver-api'
import { expect, test } from 'vitest'
import { partedFrom } from './parting.ts'

test('a detachment that is refused is left to the deletion of the server', () => {
  const broken = failure('permanent', 'cloud-conflict', 'while it is in vm_state error')
  expect(partedFrom(broken, 0)).toEqual(done(null))
})

test('a volume that is stuck half attached is waited for a minute, not for ever', () => {
  const stuck = pending('volume-1', 500)
  const busy = failure('transient', 'cloud-conflict', 'while it is in task_state deleting')
  for (const outcome of [stuck, busy]) {
    expect(partedFrom(outcome, 59_000)).toBe(outcome)
    expect(partedFrom(outcome, 61_000)).toEqual(done(null))
  }
})

test('a credential that is denied stops the reclaim: nothing else would be allowed either', () => {
  const denied = failure('denied', 'cloud-permission-missing', '403')
  expect(partedFrom(denied, 61_000)).toBe(denied)
  expect(partedFrom(absent, 0)).toBe(absent)
})
