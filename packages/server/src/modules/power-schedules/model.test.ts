import { chinaCalendar } from '@yiduo/engines'
import { expect, test } from 'vitest'
import { newestDue, nextDue, type Rhythm } from './model.ts'

const calendar = chinaCalendar()
const at = (text: string) => new Date(`${text}:00+08:00`)
const office: Rhythm = { days: ['working-days'], stopAt: '20:00', startAt: '07:30' }
const due = (rhythm: Rhythm, now: string) => newestDue(rhythm, calendar, at(now))

test('what was slept over is not made up for: only the newest instant is due', () => {
  expect(due(office, '2026-11-24T20:00')).toEqual({ power: 'stop', at: at('2026-11-24T20:00') })
  expect(due(office, '2026-11-25T07:29')).toEqual({ power: 'stop', at: at('2026-11-24T20:00') })
  expect(due(office, '2026-11-25T09:00')).toEqual({ power: 'start', at: at('2026-11-25T07:30') })
})

test('over a weekend and a week of holidays it stays stopped, and a Saturday made up for it is worked', () => {
  expect(due(office, '2026-11-22T12:00')).toEqual({ power: 'stop', at: at('2026-11-20T20:00') })
  // 30 September 2026 is the last working day before the holidays; Saturday 10 October is worked.
  expect(due(office, '2026-10-07T23:59')).toEqual({ power: 'stop', at: at('2026-09-30T20:00') })
  expect(due(office, '2026-10-10T08:00')).toEqual({ power: 'start', at: at('2026-10-10T07:30') })
  const entered = chinaCalendar(new Map([['2026-11-24', false]]))
  expect(nextDue(office, entered, at('2026-11-23T20:00'))).toEqual({ power: 'start', at: at('2026-11-25T07:30') })
})

test('days of the week are the wall clock’s in Asia/Shanghai, and a stop after midnight comes before its start', () => {
  const nights: Rhythm = { days: ['monday', 'sunday'], stopAt: '00:30', startAt: '06:00' }
  expect(due(nights, '2026-11-22T00:30')).toEqual({ power: 'stop', at: at('2026-11-22T00:30') })
  expect(due(nights, '2026-11-22T06:00')).toEqual({ power: 'start', at: at('2026-11-22T06:00') })
  expect(nextDue(nights, calendar, at('2026-11-22T06:00'))).toEqual({ power: 'stop', at: at('2026-11-23T00:30') })
  expect(nextDue(nights, calendar, at('2026-11-23T06:00'))).toEqual({ power: 'stop', at: at('2026-11-29T00:30') })
})
