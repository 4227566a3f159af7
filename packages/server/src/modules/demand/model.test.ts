import { expect, test } from 'vitest'
import { cityOf, compare } from './model.ts'

const nanjing = { divisionCode: '320100', architecture: 'arm64', measure: 'vcpu' } as const

test('counties, townships and villages need it in their city', () => {
  expect(['320000', '320100', '320102', '320102001', '320102001203'].map(cityOf)).toEqual([
    '320000',
    '320100',
    '320100',
    '320100',
    '320100',
  ])
})

test('demand adds up over the quarters, and the shortage begins where it passes what is free', () => {
  const demands = [2, 4].map((quarter) => ({ ...nanjing, quarter, quantity: 30 }))
  const [row] = compare(demands, [{ ...nanjing, sellable: 100, promised: 50 }])
  expect(row).toMatchObject({ free: 50, demand: [0, 30, 30, 60], shortage: 10, shortFromQuarter: 4 })
})

test('what nobody sells there lacks from the first quarter it is needed, and what is not measured lacks nothing', () => {
  const other = { ...nanjing, architecture: 'loongarch64', quarter: 1, quantity: 1 }
  expect(compare([other], [{ ...nanjing, sellable: 8, promised: 9 }])).toMatchObject([
    { architecture: 'arm64', free: 0, shortage: 0, shortFromQuarter: null },
    { architecture: 'loongarch64', sellable: 0, shortage: 1, shortFromQuarter: 1 },
  ])
  expect(compare([{ ...nanjing, measure: 'volume-gib', quarter: 1, quantity: 5 }], [])).toMatchObject([
    { sellable: null, free: null, shortage: 0, shortFromQuarter: null },
  ])
})
