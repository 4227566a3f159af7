import { expect, test } from 'vitest'
import { isWorkingDay, workingDayFrom } from './working-day.ts'

const nationalDay2026 = new Map([
  ...['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'].map((day) => [day, false] as const),
  ['2026-10-10', true] as const, // a Saturday worked in exchange
])

test('a weekday is worked and a weekend is not, unless the calendar says so', () => {
  expect(isWorkingDay('2026-10-08', nationalDay2026)).toBe(true)
  expect(isWorkingDay('2026-10-01', nationalDay2026)).toBe(false)
  expect(isWorkingDay('2026-10-10', nationalDay2026)).toBe(true)
  expect(isWorkingDay('2026-10-11', nationalDay2026)).toBe(false)
})

test('working days are counted over holidays and weekends, the first day included', () => {
  expect(workingDayFrom('2026-10-01', 1, nationalDay2026)).toBe('2026-10-08')
  expect(workingDayFrom('2026-10-01', 3, nationalDay2026)).toBe('2026-10-10')
  expect(workingDayFrom('2026-10-01', 4, nationalDay2026)).toBe('2026-10-12')
  expect(workingDayFrom('2026-06-01', 1, new Map())).toBe('2026-06-01')
})
