import { expect, test } from 'vitest'
import { mapLimitMib, pathOfMap, placesOf, readMap } from './province-map.ts'

const node = { longitude: 118.77, latitude: 32.04 }
const ring = [
  [118, 31],
  [119, 31],
  [119, 32],
  [118, 31],
]
const feature = (geometry: object) => ({ type: 'Feature', properties: { name: '<script>' }, geometry })
const read = (it: unknown, nodes = [node]) => readMap(typeof it === 'string' ? it : JSON.stringify(it), nodes)

test('rims and lines of a map are read from whatever GeoJSON holds them', () => {
  const polygon = { type: 'Polygon', coordinates: [ring, ring] }
  const many = { type: 'MultiPolygon', coordinates: [[ring], [ring, ring]] }
  const line = { type: 'LineString', coordinates: ring }
  const point = { type: 'Point', coordinates: [118, 31] }
  const linesOf = (it: unknown) => {
    const found = read(it)
    return 'map' in found ? found.map.lines.length : found
  }
  expect(linesOf(polygon)).toBe(2)
  expect(linesOf(feature(many))).toBe(3)
  const all = [polygon, many, line, point].map(feature)
  expect(linesOf({ type: 'FeatureCollection', features: [...all, feature({ type: 'Polygon' }), null] })).toBe(6)
  expect(linesOf({ type: 'GeometryCollection', geometries: [line, point] })).toBe(1)
})

test('what is no map of here is told by its fault', () => {
  expect(read('{"type":')).toEqual({ fault: 'not-json' })
  expect(read([1, 2])).toEqual({ fault: 'not-geojson' })
  expect(read({ type: 'Topology' })).toEqual({ fault: 'not-geojson' })
  expect(read({ type: 'Point', coordinates: [118, 31] })).toEqual({ fault: 'no-shapes' })
  expect(
    read({
      type: 'Polygon',
      coordinates: [
        [
          ['118', '31'],
          [118, null],
        ],
      ],
    }),
  ).toEqual({ fault: 'no-shapes' })
  expect(read({ type: 'Polygon', coordinates: [ring.map(([x = 0, y = 0]) => [x * 111_000, y * 111_000])] })).toEqual({
    fault: 'not-degrees',
  })
  expect(read({ type: 'Polygon', coordinates: [ring.map(([x = 0, y = 0]) => [x - 60, y])] })).toEqual({
    fault: 'elsewhere',
  })
  expect(read(' '.repeat(mapLimitMib * 1_048_576 + 1))).toEqual({ fault: 'too-large' })
})

test('a map becomes one path, and no word of the file comes with it', () => {
  const found = read(feature({ type: 'LineString', coordinates: ring }))
  if (!('map' in found)) throw new Error('no map')
  const path = pathOfMap(found.map, ({ longitude, latitude }) => ({ x: longitude - 118, y: 32 - latitude }))
  expect(path).toBe('M0.00 1.00L1.00 1.00L1.00 0.00L0.00 1.00')
  expect(placesOf(found.map)).toHaveLength(4)
})
