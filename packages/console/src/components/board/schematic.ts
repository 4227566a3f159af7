/** Degrees. */
export interface Place {
  readonly longitude: number
  readonly latitude: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

interface Extent {
  readonly west: number
  readonly east: number
  readonly south: number
  readonly north: number
}

export interface Canvas {
  readonly width: number
  readonly height: number
  /** Kept free at the rim for what stands around a point. */
  readonly marginX: number
  readonly marginY: number
}

export const extentOf = (places: readonly Place[]): Extent | null => {
  if (places.length === 0) return null
  const extent = { west: 180, east: -180, south: 90, north: -90 }
  for (const { longitude, latitude } of places) {
    extent.west = Math.min(extent.west, longitude)
    extent.east = Math.max(extent.east, longitude)
    extent.south = Math.min(extent.south, latitude)
    extent.north = Math.max(extent.north, latitude)
  }
  return extent
}

/** A schematic may be drawn wider or higher than the land is, so far. A map may not. */
const mostStretch = 1.7

/** Puts a place of the extent on the canvas, north up, as large as it fits; true to scale unless it may be stretched. */
export const projectionOf = (extent: Extent | null, canvas: Canvas, stretched: boolean): ((place: Place) => Point) => {
  const centre = { x: canvas.width / 2, y: canvas.height / 2 }
  if (!extent) return () => centre
  const middle = { longitude: (extent.west + extent.east) / 2, latitude: (extent.south + extent.north) / 2 }
  const narrowing = Math.cos((middle.latitude * Math.PI) / 180)
  const fitX = (canvas.width - 2 * canvas.marginX) / Math.max(1e-6, (extent.east - extent.west) * narrowing)
  const fitY = (canvas.height - 2 * canvas.marginY) / Math.max(1e-6, extent.north - extent.south)
  const scale = Math.min(fitX, fitY)
  const most = scale * (stretched ? mostStretch : 1)
  const [scaleX, scaleY] = [Math.min(fitX, most), Math.min(fitY, most)]
  return ({ longitude, latitude }) => ({
    x: centre.x + (longitude - middle.longitude) * narrowing * scaleX,
    y: centre.y - (latitude - middle.latitude) * scaleY,
  })
}

export interface Box extends Point {
  /** What it takes with its label, around the point. */
  readonly width: number
  readonly height: number
}

/** In the first of them boxes are drawn back to where they came from as well, less and less; then they part alone. */
const rounds = { together: 240, all: 1_200 }
const homesickness = 0.06

type Axis = 'x' | 'y'
const length = { x: 'width', y: 'height' } as const

interface Moving {
  readonly width: number
  readonly height: number
  readonly home: Point
  x: number
  y: number
}

/** On which side of `a` `b` belongs: where it came from tells, and for two on one spot their order. */
const sideOf = (a: Moving, b: Moving, axis: Axis): 1 | -1 => (a.home[axis] <= b.home[axis] ? 1 : -1)

/** How far two must still part along an axis. */
const needOf = (a: Moving, b: Moving, axis: Axis): number =>
  (a[length[axis]] + b[length[axis]]) / 2 - (b[axis] - a[axis]) * sideOf(a, b, axis)

const keptOn = (it: Moving, axis: Axis, canvas: Canvas): void => {
  const half = it[length[axis]] / 2
  it[axis] = Math.min(Math.max(it[axis], half), Math.max(half, canvas[length[axis]] - half))
}

const overlap = (a: Moving, b: Moving): boolean =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 - 1e-9 && Math.abs(a.y - b.y) < (a.height + b.height) / 2 - 1e-9

/** Moves two apart by the shorter way; every so often by the other one, where that is blocked by the rim. */
const part = (a: Moving, b: Moving, canvas: Canvas, otherWay: boolean): void => {
  const isShorter = needOf(a, b, 'x') <= needOf(a, b, 'y')
  const axis: Axis = isShorter === otherWay ? 'y' : 'x'
  const by = (needOf(a, b, axis) / 2 + 0.01) * sideOf(a, b, axis)
  a[axis] -= by
  b[axis] += by
  keptOn(a, axis, canvas)
  keptOn(b, axis, canvas)
}

/**
 * Moves boxes apart that overlap, each as little as it must and none off the canvas: they keep standing to one another
 * as they did. The same boxes are always moved the same way.
 */
export const spread = <T extends Box>(boxes: readonly T[], canvas: Canvas): T[] => {
  const moved: Moving[] = boxes.map(({ x, y, width, height }) => ({ x, y, width, height, home: { x, y } }))
  for (let round = 0; round < rounds.all; round++) {
    const pull = Math.max(0, homesickness * (1 - round / rounds.together))
    for (const it of moved)
      for (const axis of ['x', 'y'] as const) {
        it[axis] += (it.home[axis] - it[axis]) * pull
        keptOn(it, axis, canvas)
      }
    let isApart = true
    for (const [index, a] of moved.entries())
      for (const b of moved.slice(index + 1)) {
        if (!overlap(a, b)) continue
        isApart = false
        part(a, b, canvas, round % 4 === 3 && round > rounds.together)
      }
    if (isApart && pull === 0) break
  }
  return boxes.map((it, index) => ({ ...it, x: moved[index]?.x ?? it.x, y: moved[index]?.y ?? it.y }))
}
