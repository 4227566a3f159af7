import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { monthAfter, monthBefore, monthBounds, monthOf } from './calendar.ts'

describe('months of Asia/Shanghai', () => {
  test('begin and end at midnight in Shanghai, which is 16:00 the day before in UTC', () => {
    expect(monthBounds('2026-11')).toEqual({
      startsAt: new Date('2026-10-31T16:00:00Z'),
      endsAt: new Date('2026-11-30T16:00:00Z'),
      seconds: 30 * 86_400,
    })
  })

  test.each([
    ['2026-02', 28],
    ['2028-02', 29],
    ['2026-12', 31],
  ])('%s has %s days', (month, days) => {
    expect(monthBounds(month).seconds).toBe(days * 86_400)
  })

  test.each(['2026-13', '2026-00', '2026-1', '1999-12', '2100-01', '2026-11-01', ''])('%j is refused', (month) => {
    expect(() => monthBounds(month)).toThrow(RangeError)
  })

  test('month follows month over the year’s end', () => {
    expect([monthAfter('2026-12'), monthBefore('2027-01'), monthAfter('2026-01')]).toEqual([
      '2027-01',
      '2026-12',
      '2026-02',
    ])
  })

  test('the first instant belongs to the month, the last second too, the end does not', () => {
    expect(monthOf(new Date('2026-10-31T15:59:59.999Z'))).toBe('2026-10')
    expect(monthOf(new Date('2026-10-31T16:00:00Z'))).toBe('2026-11')
    expect(monthOf(new Date('2026-11-30T15:59:59.999Z'))).toBe('2026-11')
    expect(monthOf(new Date('2026-11-30T16:00:00Z'))).toBe('2026-12')
  })

  test('agree with the time zone database over the whole century', () => {
    const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit' })
    const instants = fc.date({ min: new Date('2000-01-01Z'), max: new Date('2099-12-31Z'), noInvalidDate: true })
    fc.assert(
      fc.property(instants, (instant) => {
        const month = monthOf(instant)
        const { startsAt, endsAt } = monthBounds(month)
        expect(month).toBe(shanghai.format(instant))
        expect(startsAt <= instant && instant < endsAt).toBe(true)
      }),
    )
  })
})
