import { expect, test } from 'vitest'
import { chooseFlavour } from './flavours.ts'
import type { NovaFlavour } from './shapes-compute.ts'

const flavour = (
  name: string,
  vcpus: number,
  ram: number,
  disk: number,
  more: Partial<NovaFlavour> = {},
): NovaFlavour => ({
  id: `id-${name}`,
  name,
  vcpus,
  ram,
  disk,
  ...more,
})

const nameOf = (flavours: readonly NovaFlavour[], vcpus: number, memoryMib: number, diskGib: number) => {
  const chosen = chooseFlavour(flavours, { vcpus, memoryMib, diskGib })
  return chosen.outcome === 'done' ? chosen.value.name : chosen
}

const usual = [
  flavour('large', 4, 8_192, 80),
  flavour('tiny', 1, 512, 1),
  flavour('small', 1, 2_048, 20),
  flavour('medium', 2, 4_096, 40),
]

test('the exact size wins, else the one that wastes least', () => {
  expect(nameOf(usual, 2, 4_096, 40)).toBe('medium')
  expect(nameOf(usual, 1, 1_024, 10)).toBe('small')
  expect(nameOf(usual, 1, 2_049, 20)).toBe('medium')
  expect(nameOf([flavour('fat', 2, 8_192, 80), flavour('wide', 4, 4_096, 20)], 2, 4_096, 20)).toBe('wide')
})

test('of two alike the plainer one wins, and among equals always the same', () => {
  const picky = flavour('a-picky', 1, 512, 1, { extra_specs: { 'hw:cpu_policy': 'dedicated' } })
  expect(nameOf([picky, flavour('b', 1, 512, 1), flavour('c', 1, 512, 1)], 1, 512, 1)).toBe('b')
})

test('a flavour that is closed, or that carries a device, is not given away', () => {
  const closed = flavour('closed', 1, 512, 1, { 'OS-FLV-DISABLED:disabled': true })
  const gpu = flavour('gpu', 1, 512, 1, { extra_specs: { 'resources:VGPU': '1' } })
  const card = flavour('card', 1, 512, 1, { extra_specs: { 'pci_passthrough:alias': 'a100:1' } })
  expect(nameOf([closed, gpu, card, ...usual], 1, 512, 1)).toBe('tiny')
})

test('where none fits, the nearest is told', () => {
  expect(nameOf(usual, 4, 16_384, 80)).toEqual({
    outcome: 'permanent',
    code: 'cloud-no-fitting-flavour',
    words: 'no flavour fits 4 vcpus, 16384 MiB, 80 GiB; the nearest is large, 4 vcpus, 8192 MiB, 80 GiB',
  })
  expect(nameOf([], 1, 1, 1)).toHaveProperty('words', expect.stringContaining('there is none to use'))
})

test('a flavour far beyond what was asked is no fit: what it gives away is in no book', () => {
  const huge = flavour('huge', 64, 4_096, 20)
  expect(nameOf([huge], 1, 2_048, 20)).toMatchObject({
    code: 'cloud-no-fitting-flavour',
    words: 'no flavour fits 1 vcpus, 2048 MiB, 20 GiB; the nearest is huge, 64 vcpus, 4096 MiB, 20 GiB',
  })
  expect(nameOf([flavour('wide', 2, 4_096, 20)], 1, 2_048, 20)).toBe('wide')
  expect(nameOf([flavour('wider', 3, 4_096, 20)], 1, 2_048, 20)).toHaveProperty('code', 'cloud-no-fitting-flavour')
  expect(nameOf([flavour('fat', 1, 4_097, 20)], 1, 2_048, 20)).toHaveProperty('code', 'cloud-no-fitting-flavour')
})

test('what the image needs to start counts as asked', () => {
  const size = { vcpus: 1, memoryMib: 512, diskGib: 1 }
  const roomy = flavour('roomy', 1, 1_024, 20)
  expect(chooseFlavour([...usual, roomy], size, { min_ram: 1_024, min_disk: 10 })).toMatchObject({ value: roomy })
  expect(chooseFlavour(usual, size, { min_ram: 4_096 })).toHaveProperty('code', 'cloud-no-fitting-flavour')
})
