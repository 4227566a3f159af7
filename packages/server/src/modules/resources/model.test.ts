import { expect, test } from 'vitest'
import { holdingOf, meteredAmounts } from './model.ts'

const server = { vcpus: 2, memoryMib: 4_097, diskGib: 20, imageName: 'tiny' }

test('a server is metered by its cores, its memory in whole GiB, and its disk', () => {
  expect(meteredAmounts('server', server)).toEqual({ vcpu: 2, 'memory-gib': 5, 'volume-gib': 20 })
})

test('a volume is metered by its size, an address by itself, a network not at all', () => {
  expect(meteredAmounts('volume', { sizeGib: 33 })).toEqual({ 'volume-gib': 33 })
  expect(meteredAmounts('address', {})).toEqual({ address: 1 })
  expect(meteredAmounts('network', {})).toEqual({})
})

test('each takes of quota and pool what it is', () => {
  expect(holdingOf('server', server)).toEqual({ vcpus: 2, memoryMib: 4_097, volumeGib: 20, addresses: 0 })
  expect(holdingOf('volume', { sizeGib: 33 })).toEqual({ vcpus: 0, memoryMib: 0, volumeGib: 33, addresses: 0 })
  expect(holdingOf('address', {})).toEqual({ vcpus: 0, memoryMib: 0, volumeGib: 0, addresses: 1 })
})
