import { mostRoom as mostRoomOfPool, shareLeft } from '../../scorers/most-room.ts'
import type { HostScorer } from './scorer.ts'

/** As among pools, which fill evenly: hosts that can be seen are better filled one after another. */
export const mostRoom = (weight: number): HostScorer => ({
  name: mostRoomOfPool.name,
  weight,
  bind: (fleet) => ({
    changed: () => {},
    cost: (host, shape) => {
      const hostClass = fleet.classes[fleet.classOf[host] ?? 0]
      if (!hostClass) return 0
      const vcpus = shareLeft(fleet.vcpusMilliFree[host] ?? 0, shape.vcpusMilli, hostClass.vcpusMilli)
      const memory = shareLeft(fleet.memoryMibFree[host] ?? 0, shape.memoryMib, hostClass.memoryMib)
      return 1 - Math.min(vcpus, memory)
    },
  }),
})
