import { extentOf, type Place, type Point } from './schematic.ts'

/** Longitude and latitude. */
type Position = readonly [number, number]

/** What is drawn of a map: lines and rims of areas, and nothing that it says in words. */
export interface ProvinceMap {
  readonly lines: readonly (readonly Position[])[]
}

export type MapFault = 'too-large' | 'not-json' | 'not-geojson' | 'no-shapes' | 'not-degrees' | 'elsewhere'
export type ReadMap = { readonly map: ProvinceMap } | { readonly fault: MapFault }

export const mapLimitMib = 20
const mostPoints = 300_000

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const isPosition = (value: unknown): value is Position =>
  Array.isArray(value) && value.length >= 2 && Number.isFinite(value[0]) && Number.isFinite(value[1])

const linesIn = (coordinates: unknown): (readonly Position[])[] => {
  if (!Array.isArray(coordinates) || coordinates.length === 0) return []
  if (coordinates.every(isPosition)) return coordinates.length > 1 ? [coordinates] : []
  return coordinates.every((it) => Array.isArray(it) && !isPosition(it)) ? coordinates.flatMap(linesIn) : []
}

const drawn: readonly unknown[] = ['Polygon', 'MultiPolygon', 'LineString', 'MultiLineString']

/** Features, their collections and bare geometries (RFC 7946), nested as deep as anybody nests them. */
const linesOf = (it: unknown, depth = 0): (readonly Position[])[] => {
  if (!isObject(it) || depth > 4) return []
  if (it.type === 'FeatureCollection' && Array.isArray(it.features))
    return it.features.flatMap((feature) => linesOf(feature, depth + 1))
  if (it.type === 'Feature') return linesOf(it.geometry, depth + 1)
  if (it.type === 'GeometryCollection' && Array.isArray(it.geometries))
    return it.geometries.flatMap((geometry) => linesOf(geometry, depth + 1))
  return drawn.includes(it.type) ? linesIn(it.coordinates) : []
}

const geojsonTypes: readonly unknown[] = [
  'FeatureCollection',
  'Feature',
  'GeometryCollection',
  'Point',
  'MultiPoint',
  ...drawn,
]

export const placesOf = ({ lines }: ProvinceMap): Place[] =>
  lines.flatMap((line) => line.map(([longitude, latitude]) => ({ longitude, latitude })))

/** Degrees by which a place may lie off the land that is drawn. */
const near = 0.5

const covers = (map: ProvinceMap, { longitude, latitude }: Place): boolean => {
  const land = extentOf(placesOf(map))
  return (
    land !== null &&
    longitude > land.west - near &&
    longitude < land.east + near &&
    latitude > land.south - near &&
    latitude < land.north + near
  )
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A map out of a file, or what is wrong with it. A map on which none of the nodes lies is one of somewhere else. */
export const readMap = (text: string, nodes: readonly Place[]): ReadMap => {
  if (text.length > mapLimitMib * 1_048_576) return { fault: 'too-large' }
  const json = parsed(text)
  if (json === undefined) return { fault: 'not-json' }
  if (!isObject(json) || !geojsonTypes.includes(json.type)) return { fault: 'not-geojson' }
  const map = { lines: linesOf(json) }
  const points = map.lines.reduce((sum, line) => sum + line.length, 0)
  if (points === 0) return { fault: 'no-shapes' }
  if (points > mostPoints) return { fault: 'too-large' }
  if (map.lines.some((line) => line.some(([x, y]) => Math.abs(x) > 180 || Math.abs(y) > 90)))
    return { fault: 'not-degrees' }
  if (nodes.length > 0 && !nodes.some((it) => covers(map, it))) return { fault: 'elsewhere' }
  return { map }
}

/** As one path of SVG. */
export const pathOfMap = ({ lines }: ProvinceMap, project: (place: Place) => Point): string =>
  lines
    .map((line) =>
      line
        .map(([longitude, latitude], index) => {
          const { x, y } = project({ longitude, latitude })
          return `${index === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`
        })
        .join(''),
    )
    .join('')
