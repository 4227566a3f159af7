import type { LoadProfileName } from '../load/model.ts'

interface Stocked {
  readonly id: string
  /** Null on what others than Yiduo made. */
  readonly mark: string | null
  readonly name: string
  readonly createdAt: Date
}
interface InProject extends Stocked {
  readonly projectId: string
}

export type SimProjectStock = Stocked
export interface SimNetworkStock extends InProject {
  readonly cidr: string
  readonly subnetId: string
  /** Null: no way out. */
  readonly routerId: string | null
}
export interface SimPortStock extends InProject {
  readonly networkId: string
  readonly fixedAddress: string
}
export interface SimServerStock extends InProject {
  readonly imageId: string
  readonly portId: string
  readonly hostId: string
  readonly flavourName: string
  readonly vcpus: number
  readonly memoryMib: number
  readonly diskGib: number
  readonly loadProfile: LoadProfileName | null
}
export interface SimVolumeStock extends InProject {
  readonly sizeGib: number
  /** Null: attached to nothing. */
  readonly serverId: string | null
}
export interface SimAddressStock extends InProject {
  readonly address: string
  readonly portId: string | null
}

/** What a cloud is to hold at once, as if it had been ordered piece by piece long ago. */
export interface SimStock {
  readonly projects: readonly SimProjectStock[]
  readonly networks: readonly SimNetworkStock[]
  readonly ports: readonly SimPortStock[]
  readonly servers: readonly SimServerStock[]
  readonly volumes: readonly SimVolumeStock[]
  readonly addresses: readonly SimAddressStock[]
}

/** Where a server can be put, with what stands there already. */
export interface SimHostRoom {
  readonly id: string
  readonly name: string
  readonly zone: string
  readonly vcpus: number
  readonly memoryMib: number
  readonly usedVcpus: number
  readonly usedMemoryMib: number
}

export interface SimSurvey {
  readonly hosts: readonly SimHostRoom[]
  readonly images: readonly { readonly id: string; readonly name: string }[]
  readonly flavours: readonly { readonly name: string; readonly vcpus: number; readonly memoryMib: number }[]
}
