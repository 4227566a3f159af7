import { expect, test } from 'vitest'
import { createClockWatch } from './clock.ts'

const minutes = (count: number) => count * 60_000

const watchFrom = () => {
  let [wall, elapsed] = [1_000_000_000_000, 5_000]
  const watch = createClockWatch(
    () => wall,
    () => elapsed,
  )
  return {
    /** Both clocks run on, the wall’s by so much more. */
    after(passedMs: number, jumpedMs = 0) {
      wall += passedMs + jumpedMs
      elapsed += passedMs
      return watch.isSteady()
    },
  }
}

test('a clock that runs, and is slewed by seconds, is believed for years', () => {
  const it = watchFrom()
  for (let day = 0; day < 1_000; day++) expect(it.after(minutes(24 * 60), minutes(5))).toBe(true)
})

test.each([minutes(60 * 24 * 365), -minutes(11)])(
  'a jump by %s ms is not believed, until it is set right',
  (jumpMs) => {
    const it = watchFrom()
    expect(it.after(minutes(1), jumpMs)).toBe(false)
    expect(it.after(minutes(30))).toBe(false)
    expect(it.after(minutes(1), -jumpMs)).toBe(true)
    expect(it.after(minutes(61))).toBe(true)
  },
)

test('a jump that nobody took back for an hour is the time now', () => {
  const it = watchFrom()
  expect(it.after(minutes(1), minutes(600))).toBe(false)
  expect(it.after(minutes(59))).toBe(false)
  expect(it.after(minutes(1))).toBe(true)
  expect(it.after(minutes(1), -minutes(600))).toBe(false)
})
