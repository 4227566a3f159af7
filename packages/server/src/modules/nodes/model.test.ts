import type { Facts, Observed, ObservedState } from '@yiduo/driver-api'
import { expect, test } from 'vitest'
import { capacityOf, sellableOf, usableImageNames } from './model.ts'

const thing = (kind: Observed['kind'], name: string, state: ObservedState, facts: Facts = {}): Observed => ({
  kind,
  externalId: name,
  mark: null,
  name,
  projectId: null,
  state,
  nativeState: state,
  facts,
  createdAt: null,
})
const size = { vcpus: 64, memoryMib: 262_144, usedVcpus: 10, usedMemoryMib: 20_480 }

test('a host that is down, or taken out of service, is no capacity', () => {
  const hosts = [
    thing('host', 'up', 'active', { ...size, enabled: true }),
    thing('host', 'down', 'broken', { ...size, enabled: true }),
    thing('host', 'in-maintenance', 'active', { ...size, enabled: false }),
    thing('host', 'disabled', 'stopped', size),
    thing('host', 'says-little', 'active', { vcpus: 16, memoryMib: 65_536 }),
  ]
  expect(capacityOf(hosts)).toEqual({
    hosts: 2,
    vcpus: 80,
    memoryMib: 327_680,
    usedVcpus: 10,
    usedMemoryMib: 20_480,
  })
})

test('what others use of a cloud is not sold; what we use ourselves is not counted twice', () => {
  const of = (it: { used: number; promised: number; overselling?: number }) =>
    sellableOf({ physical: 100, overselling: 1, ...it })
  expect(of({ used: 0, promised: 0 })).toBe(100)
  expect(of({ used: 95, promised: 0 })).toBe(5)
  expect(of({ used: 95, promised: 20 })).toBe(25) // 75 are others'; 20 of the 25 are promised, 5 are left
  expect(of({ used: 95, promised: 0, overselling: 4 })).toBe(305)
})

test('what is promised and not built yet makes nothing of what others use; a cloud that is overfull has nothing left', () => {
  expect(sellableOf({ physical: 100, overselling: 1, used: 10, promised: 30 })).toBe(100)
  expect(sellableOf({ physical: 100, overselling: 1, used: 140, promised: 0 })).toBe(0)
})

test('a private image counts only where everything lies in the one project that owns it', () => {
  const mine = { ...thing('image', 'private', 'active'), projectId: 'project-1' }
  expect(usableImageNames([mine], true)).toEqual([])
  expect(usableImageNames([mine], false)).toEqual(['private'])
})

test('an image that is queued or switched off is no offer, and two of one name are one', () => {
  const images = [
    thing('image', 'kylin', 'active'),
    thing('image', 'kylin', 'active'),
    thing('image', 'queued', 'building'),
    thing('image', 'deactivated', 'stopped'),
    thing('image', '', 'active'),
  ]
  expect(usableImageNames(images, true)).toEqual(['kylin'])
})
