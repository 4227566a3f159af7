import highs from 'highs'
import { expect, test } from 'vitest'
import type { HostClass, LinearProgram, LinearSolution, SeenClass } from '../index.ts'
import { cuttingStock } from './cutting-stock.ts'
import { worthTable } from './worth-table.ts'

const hostClass: HostClass = {
  index: 0,
  key: 'eight',
  traits: {
    poolId: 'pool',
    platformId: 'platform',
    nodeId: 'node',
    divisionCode: '320100',
    architecture: 'x86-64',
    online: true,
    securityGrade: 3,
    capabilities: new Set(),
    imageNames: null,
  },
  cardModel: 'T4',
  cards: 8,
  vcpusMilli: 96_000,
  memoryMib: 393_216,
}

const share = (cardMilli: number): SeenClass => ({
  vcpusMilli: 1_000,
  memoryMib: 1_024,
  cards: 1,
  cardMilli,
  models: null,
  share: 1,
})

// The package's types are those of its CommonJS build, where the default is wrapped once more.
const solver = await (highs as unknown as typeof highs.default)()

const solve = ({ costs, upper, rowUpper, starts, indices, values }: LinearProgram): LinearSolution =>
  solver.withModel(
    {
      numCols: costs.length,
      numRows: rowUpper.length,
      colCost: costs,
      colLower: new Float64Array(costs.length),
      colUpper: upper,
      rowLower: new Float64Array(rowUpper.length).fill(Number.NEGATIVE_INFINITY),
      rowUpper,
      matrix: { format: 'csr', numRows: rowUpper.length, numCols: costs.length, starts, indices, values },
    },
    (model) => {
      model.run()
      return { cost: model.getObjectiveValue(), prices: model.getSolution().rowDual.map((it) => Math.max(0, -it)) }
    },
  )

const boundOf = (...demands: { seen: SeenClass; count: number }[]) => {
  const stock = cuttingStock([{ hostClass, hosts: 1 }], demands)
  const solution = solve(stock.program)
  const worth = stock.pieceWorth(solution).get('eight') ?? []
  return { allocatedMilli: stock.allocatedMilli(solution), worth: (milli: number) => worth[milli / 10] ?? Number.NaN }
}

test('shares of 810 leave 190 of every card, and such a piece is worth nothing', () => {
  const { allocatedMilli, worth } = boundOf({ seen: share(810), count: 20 })
  expect(allocatedMilli).toBeCloseTo(8 * 810)
  expect([worth(190), worth(810), worth(1_000)].map(Math.round)).toEqual([0, 810, 810])
})

test('shares of 470 and 530 fill their cards', () => {
  const { allocatedMilli } = boundOf({ seen: share(470), count: 8 }, { seen: share(530), count: 8 })
  expect(allocatedMilli).toBeCloseTo(8_000)
})

test('nothing that fits is declined, though the bound would be higher for one that declines', () => {
  // 810 fits wherever a whole card does: of as many of both, half the cards go to each, not all to the larger.
  const { allocatedMilli } = boundOf({ seen: share(810), count: 8 }, { seen: share(1_000), count: 8 })
  expect(allocatedMilli).toBeCloseTo(4 * 810 + 4 * 1_000)
})

test('cores bound it where cards do not', () => {
  const { allocatedMilli } = boundOf({ seen: { ...share(1_000), vcpusMilli: 48_000 }, count: 8 })
  expect(allocatedMilli).toBeCloseTo(2_000)
})

test('a model that no host has is served by none', () => {
  expect(boundOf({ seen: { ...share(500), models: ['G2'] }, count: 8 }).allocatedMilli).toBeCloseTo(0)
})

test('a flood of classes makes no endless program: the commonest are reckoned with', () => {
  const odd = Array.from({ length: 5_000 }, (_, index) => ({
    seen: { ...share(500), vcpusMilli: 1_000 + index },
    count: index === 4_999 ? 16 : 0.001,
  }))
  const stock = cuttingStock([{ hostClass, hosts: 1 }], odd)
  expect(stock.program.costs.length).toBeLessThan(2_000)
  expect(stock.allocatedMilli(solve(stock.program))).toBeCloseTo(8_000, 0)
})

test('a class that never comes holds none back: its part would be nought of nought', () => {
  const { allocatedMilli } = boundOf({ seen: share(400), count: 0 }, { seen: share(500), count: 8 })
  expect(allocatedMilli).toBeCloseTo(4_000)
})

test('a piece is worth the best that comes in time, and what remains of it', () => {
  const halves = { worth: 500, vcpusMilli: 4_000, memoryMib: 0, steps: 50, share: 1 }
  const free = { vcpuMilli: 0, memoryMib: 0 }
  // At a tenth of a card for a thousand of its cores' thousandths, a half costs 400 and brings 500.
  const dear = { vcpuMilli: 0.1, memoryMib: 0 }
  const table = worthTable([halves], [free, dear], 90)
  expect([table[49 * 2], table[50 * 2], table[99 * 2], table[100 * 2]]).toEqual([0, 500, 500, 1_000])
  expect([table[50 * 2 + 1], table[100 * 2 + 1]]).toEqual([100, 200])
})

test('what comes seldom counts for little, and for more where there is more patience', () => {
  const rare = { worth: 500, vcpusMilli: 0, memoryMib: 0, steps: 100, share: 0.01 }
  const worthOf = (patience: number) => worthTable([rare], [{ vcpuMilli: 0, memoryMib: 0 }], patience)[100]
  expect(worthOf(1)).toBeCloseTo(5, 1)
  expect(worthOf(90)).toBeCloseTo(500 * (1 - 0.99 ** 90), 1)
})
