import {
  componentCreate,
  type Measure,
  measures,
  type Offering,
  offeringCreate,
  planCreate,
  priceSet,
  quotaSet,
} from '@yiduo/contract'
import { present } from '../kernel/invariant.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { imagesOf } from './clouds.ts'
import type { OrganisationIds } from './organisations.ts'
import { agreed, type Scene, whole } from './scene.ts'

/** No province publishes such a list; these figures are made up, and what a bill shows says so. */
const synthetic = '（示例价，待核）'

interface PricedComponent {
  readonly code: string
  readonly name: string
  readonly measure: Measure
  readonly yuanAMonth: number
}

const components: readonly PricedComponent[] = [
  { code: 'I-C-01', name: '云服务器 vCPU', measure: 'vcpu', yuanAMonth: 40 },
  { code: 'I-C-02', name: '云服务器内存', measure: 'memory-gib', yuanAMonth: 15 },
  { code: 'I-C-03', name: '信创 vCPU', measure: 'vcpu', yuanAMonth: 48 },
  { code: 'I-S-01-SATA', name: '块存储 SATA', measure: 'volume-gib', yuanAMonth: 0.3 },
  { code: 'I-S-01-SSD', name: '块存储 SSD', measure: 'volume-gib', yuanAMonth: 0.8 },
  { code: 'I-N-01', name: '弹性 IP', measure: 'address', yuanAMonth: 30 },
]

/** Start of 2025 in Asia/Shanghai: long before anything that is told of. */
const validFrom = '2024-12-31T16:00:00.000Z'

interface PlannedOffering {
  readonly code: string
  readonly name: string
  readonly architecture: 'x86-64' | 'arm64'
  readonly metering: Readonly<Record<Measure, string>>
  /** Cores and GiB of memory. */
  readonly sizes: readonly (readonly [vcpus: number, memoryGib: number])[]
}

const offerings: readonly PlannedOffering[] = [
  {
    code: 'general',
    name: '通用云服务器',
    architecture: 'x86-64',
    metering: { vcpu: 'I-C-01', 'memory-gib': 'I-C-02', 'volume-gib': 'I-S-01-SATA', address: 'I-N-01' },
    sizes: [
      [1, 2],
      [2, 4],
      [4, 8],
      [8, 16],
      [16, 32],
    ],
  },
  {
    code: 'xinchuang',
    name: '信创云服务器',
    architecture: 'arm64',
    metering: { vcpu: 'I-C-03', 'memory-gib': 'I-C-02', 'volume-gib': 'I-S-01-SSD', address: 'I-N-01' },
    sizes: [
      [2, 4],
      [4, 8],
      [8, 16],
      [16, 32],
    ],
  },
]

const publisher = 'zhao.authority'
const systemDiskGib = 40

const ensureComponents = async ({ yiduo: { rooms }, cast }: Scene): Promise<ReadonlyMap<string, string>> => {
  const ids = new Map((await rooms.catalogue.listComponents(whole)).items.map(({ code, id }) => [code, id]))
  const creating = await cast.act(publisher, componentCreate)
  const pricing = await cast.act(publisher, priceSet)
  for (const { code, name, measure, yuanAMonth } of components) {
    const ask = { code, name: name + synthetic, measure }
    const componentId = ids.get(code) ?? agreed(await rooms.catalogue.createComponent(creating, ask)).id
    ids.set(code, componentId)
    const price = {
      componentId,
      phase: 'formal',
      validFrom,
      monthlyPriceYuanE4: Math.round(yuanAMonth * 10_000),
    } as const
    const set = await rooms.catalogue.setPrice(pricing, price)
    if (isRefusal(set) && set.refused.code !== 'price-already-set') agreed(set)
  }
  return ids
}

const ensureOffering = async (
  { yiduo: { rooms }, cast }: Scene,
  it: PlannedOffering,
  components: ReadonlyMap<string, string>,
  known: Offering | undefined,
): Promise<readonly (readonly [string, string])[]> => {
  const componentOf = (measure: Measure): string => present(components.get(it.metering[measure]), measure)
  const ask = {
    code: it.code,
    name: it.name,
    kind: 'server',
    architecture: it.architecture,
    imageNames: imagesOf(it.architecture),
    metering: {
      vcpu: componentOf('vcpu'),
      'memory-gib': componentOf('memory-gib'),
      'volume-gib': componentOf('volume-gib'),
      address: componentOf('address'),
    },
    approvedByRuleUpToVcpus: 4,
    testDays: 7,
  } as const
  const offering = known ?? agreed(await rooms.catalogue.createOffering(await cast.act(publisher, offeringCreate), ask))
  const plans = new Map(offering.plans.map(({ code, id }) => [code, id]))
  const creating = await cast.act(publisher, planCreate)
  for (const [vcpus, memoryGib] of it.sizes) {
    const code = `${it.code}-${vcpus}c${memoryGib}g`
    const plan = {
      code,
      name: `${it.name} ${vcpus} 核 ${memoryGib} GiB`,
      vcpus,
      memoryMib: memoryGib * 1_024,
      systemDiskGib,
    }
    plans.set(code, plans.get(code) ?? agreed(await rooms.catalogue.createPlan(creating, offering.id, plan)).id)
  }
  return [...plans]
}

/** Typed ids of plans by code. */
export type PlanIds = ReadonlyMap<string, string>

export const ensureCatalogue = async (scene: Scene): Promise<PlanIds> => {
  const known = (await scene.yiduo.rooms.catalogue.listOfferings(whole)).items
  const componentIds = await ensureComponents(scene)
  const plans: (readonly [string, string])[] = []
  for (const it of offerings)
    plans.push(
      ...(await ensureOffering(
        scene,
        it,
        componentIds,
        known.find(({ code }) => code === it.code),
      )),
    )
  return new Map(plans)
}

/** What each department may hold; enough for everything told and for a visitor's own tries. */
const limits: Readonly<Record<Measure, number>> = { vcpu: 96, 'memory-gib': 256, 'volume-gib': 8_192, address: 8 }

const limited = ['省民政厅', '省水利厅', '省人力资源和社会保障厅', '苏州市交通运输局', '沭阳县大数据局'] as const

export const ensureQuotas = async ({ yiduo: { rooms }, cast }: Scene, ids: OrganisationIds): Promise<void> => {
  const act = await cast.act('li.operator', quotaSet)
  for (const name of limited)
    for (const measure of measures)
      agreed(await rooms.quota.set(act, present(ids.get(name), name), measure, { limit: limits[measure] }))
}
