import type { CloudNode, DataCentre } from '@yiduo/contract'

export interface Placed {
  readonly node: CloudNode
  readonly x: number
  readonly y: number
}

export const picture = { width: 1_000, height: 600 } as const
const centre = { x: picture.width / 2, y: picture.height / 2 - 8 }
const radius = { x: 410, y: 235 }

interface Place {
  readonly longitude: number
  readonly latitude: number
}

const middleOf = (centres: readonly Place[]): Place | null =>
  centres.length === 0
    ? null
    : {
        longitude: centres.reduce((sum, it) => sum + it.longitude, 0) / centres.length,
        latitude: centres.reduce((sum, it) => sum + it.latitude, 0) / centres.length,
      }

/** Clockwise from the north, as seen from the core; what stands nowhere yet comes last. */
const bearingOf = (from: Place | null, to: Place | null): number => {
  if (!from || !to) return Number.POSITIVE_INFINITY
  const angle = Math.atan2(to.longitude - from.longitude, to.latitude - from.latitude)
  return angle < 0 ? angle + 2 * Math.PI : angle
}

/**
 * The core in the middle, everybody else around it in the order of the compass, evenly: neighbours on the map are
 * neighbours here, and no two lie on each other as they would on a map.
 */
export const layOut = (nodes: readonly CloudNode[], centres: readonly DataCentre[]): readonly Placed[] => {
  const placeOf = (node: CloudNode) => middleOf(centres.filter((it) => it.nodeId === node.id))
  const core = nodes.find((it) => it.kind === 'core') ?? nodes[0]
  if (!core) return []
  const from = placeOf(core)
  const around = nodes
    .filter((it) => it !== core)
    .map((node) => ({ node, bearing: bearingOf(from, placeOf(node)) }))
    .toSorted((a, b) => a.bearing - b.bearing || a.node.code.localeCompare(b.node.code))
  return [
    { node: core, ...centre },
    ...around.map(({ node }, index) => {
      const angle = (2 * Math.PI * (index + 0.5)) / around.length
      return { node, x: centre.x + radius.x * Math.sin(angle), y: centre.y - radius.y * Math.cos(angle) }
    }),
  ]
}
