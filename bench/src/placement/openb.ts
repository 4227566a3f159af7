import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import {
  createSeenClasses,
  type HostAsk,
  type HostInput,
  type PoolTraits,
  type SeenClass,
} from '../../../packages/engines/src/index.ts'

/** Where the data is looked for when no files are named: it is not part of the product, and lies beside its checkout. */
const file = (name: string): string =>
  fileURLToPath(new URL(`../../../../shared/benchmarks/openb/openb_${name}.csv`, import.meta.url))

export const usualNodes = file('node_list_gpu_node')
export const usualPods = ['default', 'gpuspec33', 'cpu200'].map((list) => file(`pod_list_${list}`))

/**
 * The Alibaba trace as FGD's authors published it (USENIX ATC 2023). Nodes: sn, cpu_milli, memory_mib, gpu, model.
 * Pods: name, cpu_milli, memory_mib, num_gpu, gpu_milli, gpu_spec, ….
 */
const rowsOf = async (path: string): Promise<Record<string, string>[]> => {
  const [head = '', ...lines] = (await readFile(path, 'utf8')).split(/\r?\n/).filter((line) => line !== '')
  const names = head.split(',')
  return lines.map((line) => {
    const values = line.split(',')
    return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']))
  })
}

/** The trace says nothing of these; every host passes every rule about them. */
const traits: PoolTraits = {
  poolId: 'openb',
  platformId: 'openb',
  nodeId: 'openb',
  divisionCode: '330000',
  architecture: 'x86-64',
  online: true,
  securityGrade: 3,
  capabilities: new Set(['servers']),
  imageNames: null,
}

const asksNothing = {
  architecture: 'x86-64' as const,
  systemGrade: 3,
  needs: ['servers'],
  imageName: '',
  preferredPlatformId: null,
  divisionCode: '330000',
}

export const readHosts = async (path: string): Promise<HostInput[]> =>
  (await rowsOf(path)).map((row): HostInput => {
    const [vcpusMilli, memoryMib] = [Number(row.cpu_milli), Number(row.memory_mib)]
    return {
      hostId: row.sn ?? '',
      traits,
      cardModel: row.model || null,
      vcpusMilli,
      memoryMib,
      vcpusMilliFree: vcpusMilli,
      memoryMibFree: memoryMib,
      cardsMilliFree: new Array<number>(Number(row.gpu)).fill(1_000),
    }
  })

/** By name, as the protocol sorts them before it shuffles. Pods that ask for the same are one object. */
export const readPods = async (path: string): Promise<HostAsk[]> => {
  const asks = new Map<string, HostAsk>()
  const rows = (await rowsOf(path)).sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1))
  return rows.map((row) => {
    const count = Number(row.num_gpu)
    const models = row.gpu_spec ? row.gpu_spec.split('|') : null
    const ask: HostAsk = {
      ...asksNothing,
      vcpusMilli: Number(row.cpu_milli),
      memoryMib: Number(row.memory_mib),
      cards: count === 0 ? null : { count, milli: Number(row.gpu_milli), models },
    }
    const key = JSON.stringify(ask)
    const known = asks.get(key) ?? ask
    asks.set(key, known)
    return known
  })
}

export const milliOf = ({ cards }: HostAsk): number => (cards ? cards.count * cards.milli : 0)

/** The typical list: what FGD is given too, and no more. How often each shape occurs in the list, not when. */
export const classesOf = (pods: readonly HostAsk[]): SeenClass[] => {
  const seen = createSeenClasses()
  for (const pod of pods) seen.add(pod)
  return seen.classes()
}
