import type { SimFlavour, SimImage, SimTimes } from './model.ts'

const gib = 1_024

/** One system disk size for all: a resize never has to shrink one. */
export const defaultFlavours: readonly SimFlavour[] = [
  { name: 's1.1c2g', vcpus: 1, memoryMib: 2 * gib, diskGib: 40 },
  { name: 's1.2c4g', vcpus: 2, memoryMib: 4 * gib, diskGib: 40 },
  { name: 's1.2c8g', vcpus: 2, memoryMib: 8 * gib, diskGib: 40 },
  { name: 's1.4c8g', vcpus: 4, memoryMib: 8 * gib, diskGib: 40 },
  { name: 's1.4c16g', vcpus: 4, memoryMib: 16 * gib, diskGib: 40 },
  { name: 's1.8c16g', vcpus: 8, memoryMib: 16 * gib, diskGib: 40 },
  { name: 's1.8c32g', vcpus: 8, memoryMib: 32 * gib, diskGib: 40 },
  { name: 's1.16c32g', vcpus: 16, memoryMib: 32 * gib, diskGib: 40 },
  { name: 's1.16c64g', vcpus: 16, memoryMib: 64 * gib, diskGib: 40 },
  { name: 's1.32c128g', vcpus: 32, memoryMib: 128 * gib, diskGib: 40 },
]

export const defaultImages: readonly SimImage[] = [
  { name: 'openEuler 24.03 LTS', minimumDiskGib: 20, minimumMemoryMib: 1 * gib },
  { name: 'Kylin Server V10 SP3', minimumDiskGib: 40, minimumMemoryMib: 2 * gib },
  { name: 'UOS Server 20', minimumDiskGib: 40, minimumMemoryMib: 2 * gib },
  { name: 'Anolis OS 8.9', minimumDiskGib: 20, minimumMemoryMib: 1 * gib },
  { name: 'Ubuntu 24.04', minimumDiskGib: 10, minimumMemoryMib: 1 * gib },
]

export const defaultTimes: SimTimes = {
  callLatencyMs: 0,
  serverBuildMs: 8_000,
  serverResizeMs: 6_000,
  serverPowerMs: 2_000,
  serverRemoveMs: 2_000,
  volumeBuildMs: 1_000,
}

/** RFC 5737's documentation range: it can never be anybody's real address. */
export const defaultExternalRange = '203.0.113.0/24'
export const defaultProduct = { name: 'Yiduo simulated cloud', version: '1' }
export const defaultStorageGib = 500_000
