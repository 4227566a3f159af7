import fc from 'fast-check'
import { expect, test } from 'vitest'
import { costToEnd, counts, levelsReached, spendingOf } from './model.ts'

const at = (iso: string) => new Date(`${iso}+08:00`)

test('what stands costs a whole month for each that is left, and of this one what is left', () => {
  expect(costToEnd(310_000, at('2026-10-01T00:00:00'), '2026')).toBe(3 * 310_000)
  expect(costToEnd(310_000, at('2026-12-31T00:00:00'), '2026')).toBe(10_000)
  expect(costToEnd(310_000, at('2026-12-31T00:00:00'), '2026-11')).toBe(0)
  expect(costToEnd(310_000, at('2025-11-01T00:00:00'), '2026')).toBe(12 * 310_000)
  expect(costToEnd(310_000, at('2027-01-01T00:00:00'), '2026')).toBe(0)
})

test('a budget of a system or a component counts that one and nothing else', () => {
  const share = { systemId: 's', componentId: 'c' }
  expect(counts({ systemId: null, componentId: null }, share)).toBe(true)
  expect(counts({ systemId: 's', componentId: null }, share)).toBe(true)
  expect(counts({ systemId: 's', componentId: 'other' }, share)).toBe(false)
  expect(counts({ systemId: 's', componentId: null }, { systemId: null, componentId: null })).toBe(false)
})

test('levels are reached at their very percent, and all of them where nothing was granted', () => {
  expect(levelsReached([80, 100], 79, 100)).toEqual([])
  expect(levelsReached([80, 100], 80, 100)).toEqual([80])
  expect(levelsReached([80, 100], 100, 100)).toEqual([80, 100])
  expect(levelsReached([80, 100], 1, 0)).toEqual([80, 100])
  expect(levelsReached([80, 100], 0, 0)).toEqual([])
})

test('the budgets of all systems together have spent what the one of the whole has', () => {
  const charge = fc.record({
    systemId: fc.constantFrom('a', 'b', 'c'),
    componentId: fc.constant('k'),
    month: fc.constantFrom('2026-01', '2026-06', '2027-01'),
    amountYuanE4: fc.integer({ min: -1_000, max: 1_000_000 }).map((fen) => fen * 100),
  })
  fc.assert(
    fc.property(fc.array(charge), (charges) => {
      const spent = (systemId: string | null) =>
        spendingOf(
          { systemId, componentId: null, period: '2026' },
          { charges, standing: [] },
          at('2026-07-01T00:00:00'),
        ).spentYuanE4
      expect(spent('a') + spent('b') + spent('c')).toBe(spent(null))
    }),
  )
})
