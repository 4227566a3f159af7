import { expect, test } from 'vitest'
import { firstMailAt, retryAt } from './model.ts'

const at = (text: string) => new Date(`2026-03-01T${text}+08:00`)

test('attempts grow apart, up to half an hour', () => {
  const waits = [1, 2, 3, 4, 7, 8, 100].map(
    (attempts) => (retryAt(at('12:00'), attempts).getTime() - at('12:00').getTime()) / 1_000,
  )
  expect(waits).toEqual([30, 60, 120, 240, 1_800, 1_800, 1_800])
})

test('a mail waits for what comes with it, and for a while after the one before', () => {
  expect(firstMailAt(at('12:00'), { quiet: null, lastAt: null })).toEqual(at('12:00:30'))
  expect(firstMailAt(at('12:00'), { quiet: null, lastAt: at('11:58') })).toEqual(at('12:03'))
  expect(firstMailAt(at('12:00'), { quiet: null, lastAt: at('09:00') })).toEqual(at('12:00:30'))
})

test('nobody is disturbed in their quiet hours, over midnight too', () => {
  const quiet = { fromHour: 22, untilHour: 7 }
  expect(firstMailAt(at('21:59'), { quiet, lastAt: null })).toEqual(at('21:59:30'))
  expect(firstMailAt(at('22:00'), { quiet, lastAt: null })).toEqual(new Date('2026-03-02T07:00:00+08:00'))
  expect(firstMailAt(at('06:30'), { quiet, lastAt: null })).toEqual(at('07:00'))
  expect(firstMailAt(at('12:10'), { quiet: { fromHour: 12, untilHour: 14 }, lastAt: null })).toEqual(at('14:00'))
  expect(firstMailAt(at('12:10'), { quiet: { fromHour: 12, untilHour: 12 }, lastAt: null })).toEqual(at('12:10:30'))
})
