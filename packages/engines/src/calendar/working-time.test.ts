import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chinaCalendar } from './china.ts'
import { afterWorkingMinutes, isWorkingDay } from './working-time.ts'

const calendar = chinaCalendar()
const at = (text: string) => new Date(`${text}+08:00`)
const after = (text: string, minutes: number) => afterWorkingMinutes(calendar, at(text), minutes)

test('what is sent in the morning is due the same day, with the noon break left out', () => {
  expect(after('2026-11-23T09:00:00', 480)).toEqual(at('2026-11-23T18:00:00'))
  expect(after('2026-11-23T11:30:00', 60)).toEqual(at('2026-11-23T13:30:00'))
})

test('what is sent on Friday evening is due on Monday', () => {
  expect(after('2026-11-20T19:00:00', 60)).toEqual(at('2026-11-23T10:00:00'))
})

test('a week of holidays stops the clock, and a Saturday made up for it lets it run', () => {
  // 30 September 2026 is a Wednesday, 8 October a Thursday; Saturday the 10th is worked.
  expect(after('2026-09-30T17:00:00', 120)).toEqual(at('2026-10-08T10:00:00'))
  expect(after('2026-10-09T17:00:00', 120)).toEqual(at('2026-10-10T10:00:00'))
})

test('a day that a province enters goes before the shipped one', () => {
  const entered = chinaCalendar(new Map([['2026-11-23', false]]))
  expect(isWorkingDay(entered, '2026-11-23')).toBe(false)
  expect(afterWorkingMinutes(entered, at('2026-11-20T18:00:00'), 1)).toEqual(at('2026-11-24T09:01:00'))
})

test('a calendar without a working day is a mistake that is told, not an endless search', () => {
  expect(() => afterWorkingMinutes({ hours: [], exceptions: new Map() }, at('2026-11-20T18:00:00'), 1)).toThrow(
    RangeError,
  )
  expect(() => after('2026-11-20T18:00:00', -1)).toThrow(RangeError)
})

test('two spans one after the other end where one of both lengths ends', () => {
  const instant = fc.date({ min: at('2026-01-01T00:00:00'), max: at('2027-12-31T00:00:00'), noInvalidDate: true })
  const minutes = fc.integer({ min: 1, max: 5_000 })
  fc.assert(
    fc.property(instant, minutes, minutes, (from, first, second) => {
      const halfway = afterWorkingMinutes(calendar, from, first)
      const there = afterWorkingMinutes(calendar, from, first + second)
      expect(afterWorkingMinutes(calendar, halfway, second)).toEqual(there)
      expect(there.getTime() - from.getTime()).toBeGreaterThanOrEqual((first + second) * 60_000)
    }),
  )
})
