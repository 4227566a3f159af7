import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Box, extentOf, projectionOf, spread } from './schematic.ts'

const canvas = { width: 101, height: 70, marginX: 8, marginY: 8 }
const overlaps = (boxes: readonly Box[]) =>
  boxes.flatMap((a, index) =>
    boxes
      .slice(index + 1)
      .filter(
        (b) =>
          Math.abs(a.x - b.x) < (a.width + b.width) / 2 - 0.02 &&
          Math.abs(a.y - b.y) < (a.height + b.height) / 2 - 0.02,
      ),
  )
const isOn = ({ x, y, width, height }: Box) =>
  x >= width / 2 - 0.01 && y >= height / 2 - 0.01 && x <= 101 - width / 2 + 0.01 && y <= 70 - height / 2 + 0.01

/** 江苏's thirteen cities, with the core and a department's room where Nanjing is. */
const jiangsu: readonly (readonly [number, number])[] = [
  [118.767, 32.042],
  [118.767, 32.042],
  [118.714, 32.096],
  [120.302, 31.575],
  [117.185, 34.262],
  [119.947, 31.773],
  [120.62, 31.299],
  [120.864, 32.016],
  [119.179, 34.6],
  [119.021, 33.598],
  [120.14, 33.377],
  [119.421, 32.393],
  [119.453, 32.204],
  [119.915, 32.485],
  [118.275, 33.963],
]

const boxesOf = (places: readonly (readonly [number, number])[]): Box[] => {
  const all = places.map(([longitude, latitude]) => ({ longitude, latitude }))
  const project = projectionOf(extentOf(all), canvas, true)
  return all.map((it) => ({ ...project(it), width: 11, height: 10.5 }))
}

test('the nodes of a province stand apart, on the canvas, north up and as they stand to one another', () => {
  const stood = spread(boxesOf(jiangsu), canvas)
  expect(overlaps(stood)).toEqual([])
  expect(stood.every(isOn)).toBe(true)
  const [, , , wuxi, xuzhou, , suzhou, , lianyungang] = stood
  expect(xuzhou?.x).toBeLessThan(lianyungang?.x ?? 0)
  expect(lianyungang?.y).toBeLessThan(suzhou?.y ?? 0)
  expect(wuxi?.x).toBeLessThan(suzhou?.x ?? 0)
  expect(spread(boxesOf(jiangsu), canvas)).toEqual(stood)
})

test('two dozen nodes wherever they stand, even all on one spot, come apart and stay on the canvas', () => {
  const place = fc.tuple(fc.double({ min: 97, max: 108, noNaN: true }), fc.double({ min: 26, max: 34, noNaN: true }))
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 24 }), fc.boolean(), (places, together) => {
      const stood = spread(boxesOf(together ? places.map(() => [104, 30] as const) : places), canvas)
      return overlaps(stood).length === 0 && stood.every(isOn)
    }),
    { seed: 20261122, numRuns: 200 },
  )
})

test('a map is drawn true to scale, and one place alone in the middle', () => {
  const extent = { west: 116, east: 122, south: 30, north: 36 }
  const at = (project: ReturnType<typeof projectionOf>) => {
    const [a, b] = [project({ longitude: 116, latitude: 30 }), project({ longitude: 122, latitude: 36 })]
    return (b.x - a.x) / (a.y - b.y)
  }
  expect(at(projectionOf(extent, canvas, false))).toBeCloseTo(Math.cos((33 * Math.PI) / 180), 5)
  expect(at(projectionOf(extent, canvas, true))).toBeGreaterThan(1)
  expect(boxesOf([[118, 32]])).toMatchObject([{ x: 50.5, y: 35 }])
  expect(projectionOf(extentOf([]), canvas, true)({ longitude: 1, latitude: 1 })).toEqual({ x: 50.5, y: 35 })
})
