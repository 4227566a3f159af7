import { expect, test } from 'vitest'
import { type LoadProfileName, loadOf, loadProfiles } from './model.ts'

const hourMs = 3_600_000
/** A Monday, 00:00 in Asia/Shanghai. */
const monday = new Date('2026-11-01T16:00:00Z')

/** A week of one server, an instant an hour. */
const week = (profile: LoadProfileName, thing = 'server-1') =>
  Array.from({ length: 7 * 24 }, (_, hour) =>
    loadOf({ seed: 7, thing, profile, vcpus: 4, at: new Date(monday.getTime() + hour * hourMs) }),
  )
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const percentile95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0
const cpuOf = (profile: LoadProfileName) => week(profile).map(({ cpuPercent }) => cpuPercent)

test('the same server shows the same at the same instant, another one and another time something else', () => {
  expect(week('office')).toEqual(week('office'))
  expect(week('office', 'server-2')).not.toEqual(week('office'))
  const at = (minutes: number) =>
    loadOf({ seed: 7, thing: 'x', profile: 'office', vcpus: 4, at: new Date(monday.getTime() + minutes * 60_000) })
  expect(at(601)).toEqual(at(604))
  expect(at(601)).not.toEqual(at(606))
})

test('offices work by day and in the week, batches at night', () => {
  const hour = (profile: LoadProfileName, index: number) => week(profile)[index]?.cpuPercent ?? 0
  expect(hour('office', 10)).toBeGreaterThan(3 * hour('office', 3))
  expect(hour('office', 10)).toBeGreaterThan(3 * hour('office', 5 * 24 + 10))
  expect(hour('nightly', 3)).toBeGreaterThan(3 * hour('nightly', 12))
})

/** The default rules of idle, zombie, too large and strained, as the standards' notes have them. */
test('a zombie is told from an oversized server, that from an ordinary one, and that from a strained one', () => {
  const idle = week('idle')
  expect(mean(cpuOf('idle'))).toBeLessThan(3)
  expect(percentile95(cpuOf('idle'))).toBeLessThan(5)
  expect(mean(idle.map(({ networkKbps }) => networkKbps))).toBeLessThan(1)
  expect(mean(cpuOf('oversized'))).toBeLessThan(10)
  expect(mean(week('oversized').map(({ memoryPercent }) => memoryPercent))).toBeLessThan(20)
  for (const ordinary of ['office', 'public', 'nightly'] as const) {
    expect(percentile95(cpuOf(ordinary))).toBeGreaterThan(30)
    expect(percentile95(cpuOf(ordinary))).toBeLessThan(80)
  }
  expect(percentile95(cpuOf('strained'))).toBeGreaterThan(80)
})

test('nothing leaves its bounds', () => {
  for (const profile of Object.keys(loadProfiles) as LoadProfileName[]) // the keys of the record
    for (const { cpuPercent, memoryPercent, networkKbps } of week(profile)) {
      expect(cpuPercent).toBeGreaterThanOrEqual(0)
      expect(cpuPercent).toBeLessThanOrEqual(100)
      expect(memoryPercent).toBeLessThanOrEqual(100)
      expect(networkKbps).toBeGreaterThanOrEqual(0)
    }
})
