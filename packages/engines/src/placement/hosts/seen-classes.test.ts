import { expect, test } from 'vitest'
import type { HostAsk } from './model.ts'
import { createSeenClasses } from './seen-classes.ts'

const ask = (vcpusMilli: number, name = 'a'): HostAsk => ({
  architecture: 'x86-64',
  systemGrade: 3,
  needs: ['servers'],
  imageName: name,
  preferredPlatformId: null,
  divisionCode: '320100',
  vcpusMilli,
  memoryMib: 1_024,
  cards: { count: 1, milli: 500, models: null },
})

test('shares are of all that came, and what differs in name alone is one class', () => {
  const seen = createSeenClasses()
  for (const it of [ask(1_000), ask(1_000, 'b'), ask(1_000), ask(2_000)]) seen.add(it)
  expect(seen.classes()).toEqual([
    { vcpusMilli: 1_000, memoryMib: 1_024, cards: 1, cardMilli: 500, models: null, share: 0.75 },
    { vcpusMilli: 2_000, memoryMib: 1_024, cards: 1, cardMilli: 500, models: null, share: 0.25 },
  ])
})

test('a million odd sizes neither fill the memory nor drive out what is common', () => {
  const seen = createSeenClasses()
  for (let size = 1; size <= 100_000; size++) {
    seen.add(ask(1_000))
    seen.add(ask(1_000 + size))
  }
  const classes = seen.classes()
  expect(classes.length).toBeLessThanOrEqual(2_048)
  const share = classes.find((it) => it.vcpusMilli === 1_000)?.share ?? 0
  expect(share).toBeGreaterThan(0.4)
})

test('nothing seen is no class', () => {
  expect(createSeenClasses().classes()).toEqual([])
})
