import type { SimHostRoom, SimSurvey } from '@yiduo/drivers'
import { present } from '../../kernel/invariant.ts'
import type { PlanGround } from './ground.ts'

interface Room {
  readonly id: string
  readonly zone: string
  vcpus: number
  memoryMib: number
}

interface CloudPlacing {
  readonly rooms: readonly Room[]
  /** Fills one host after another instead of spreading: so one that oversells comes to its densest hosts. */
  readonly dense: boolean
  next: number
}

/** The scheduler of every cloud, for what is put there in bulk. */
export type Placing = ReadonlyMap<string, CloudPlacing>

const roomOf = ({ id, zone, vcpus, memoryMib, usedVcpus, usedMemoryMib }: SimHostRoom, overselling: number): Room => ({
  id,
  zone,
  vcpus: Math.floor(vcpus * overselling) - usedVcpus,
  memoryMib: memoryMib - usedMemoryMib,
})

export const createPlacing = (
  surveys: ReadonlyMap<string, SimSurvey>,
  overselling: ReadonlyMap<string, number>,
  dense: string,
): Placing =>
  new Map(
    [...surveys].map(([code, { hosts }]) => [
      code,
      {
        rooms: hosts.map((host) => roomOf(host, present(overselling.get(code), code))),
        dense: code === dense,
        next: 0,
      },
    ]),
  )

export const hostsRoom = (placing: Placing, code: string): readonly Readonly<Room>[] =>
  present(placing.get(code), code).rooms

/** Puts a server on a host with room for it, and says on which. */
export const placeOnHost = (
  placing: Placing,
  code: string,
  plan: Pick<PlanGround, 'vcpus' | 'memoryMib'>,
): { readonly id: string; readonly zone: string } => {
  const cloud = present(placing.get(code), code)
  const { rooms, dense } = cloud
  for (let tried = 0; tried < rooms.length; tried++) {
    const index = dense ? tried : (cloud.next + tried) % rooms.length
    const room = rooms[index]
    if (!room || room.vcpus < plan.vcpus || room.memoryMib < plan.memoryMib) continue
    room.vcpus -= plan.vcpus
    room.memoryMib -= plan.memoryMib
    cloud.next = index + 1
    return room
  }
  throw new Error(`no host of ${code} has room for ${plan.vcpus} cores`)
}
