import { dataCentreCreate, linkCreate, nodeCreate, type Platform, platformAdd } from '@yiduo/contract'
import { createSimCloud, type MissingCapabilities, type SimCloudDescription, type SimTimes } from '@yiduo/drivers'
import { invariant, present } from '../kernel/invariant.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { simDatabase } from '../platform/database/sim-database.ts'
import { cities } from './cities.ts'
import { untilIdle } from './idle.ts'
import type { OrganisationIds } from './organisations.ts'
import { agreed, direction, type Scene, whole } from './scene.ts'
import { links, nodes } from './sites.ts'
import { truths } from './truths.ts'

/** A simulated cloud and the platform that is connected to it; both bear its code. */
export interface PlannedCloud {
  readonly code: string
  readonly name: string
  readonly centre: string
  readonly provider: string | null
  readonly product: string
  readonly version: string
  readonly architecture: 'x86-64' | 'arm64'
  readonly hosts: number
  /** What we may sell of a core, by contract; and what the cloud does with it. */
  readonly contractOverselling: number
  readonly overselling: number
  readonly missing?: MissingCapabilities
  readonly token: string
}

const providerA = { provider: '示例云服务商', product: 'Sample Stack A', version: '6.2' }
const providerB = { provider: truths.overselling.provider, product: 'Sample Stack B', version: '3.1' }
const keptToContract = { architecture: 'x86-64', contractOverselling: 2, overselling: 2 } as const

/** The one city on domestic chips: what is ordered for them comes from there, whoever asks. */
const arm64City = 'wuxi'

const provincial: readonly Omit<PlannedCloud, 'token'>[] = [
  {
    ...providerA,
    ...keptToContract,
    code: 'core',
    name: '省级核心云平台（甲）',
    centre: 'core-production',
    hosts: 240,
  },
  {
    ...providerB,
    ...keptToContract,
    code: truths.overselling.platform,
    name: '省级核心云平台（乙）',
    centre: 'core-production',
    hosts: 200,
    contractOverselling: truths.overselling.contract,
  },
  { ...providerA, ...keptToContract, code: 'core-active', name: '省级双活云平台', centre: 'core-active', hosts: 120 },
  {
    ...providerB,
    ...keptToContract,
    code: 'core-recovery',
    name: '省级异地灾备平台',
    centre: 'core-remote',
    hosts: 80,
    // Data is restored there; no order is placed there.
    missing: { servers: { reason: 'not-in-this-cloud', words: 'This site keeps copies and takes no orders' } },
  },
  {
    ...keptToContract,
    provider: null,
    product: 'Legacy Virtualisation',
    version: '5.5',
    code: 'integration',
    name: '省统计局利旧平台',
    centre: 'integration-1',
    hosts: 40,
  },
]

export const planClouds = ({ random }: Pick<Scene, 'random'>): readonly PlannedCloud[] =>
  [
    ...provincial,
    ...cities.map(
      ({ code, name, hosts }, index): Omit<PlannedCloud, 'token'> => ({
        ...(index % 2 === 0 ? providerA : providerB),
        ...keptToContract,
        architecture: code === arm64City ? 'arm64' : 'x86-64',
        code,
        name: `${name}节点云平台`,
        centre: `${code}-1`,
        hosts,
      }),
    ),
  ].map((it) => ({ ...it, token: random.hex(32) }))

/** While history is made everything is there at once; a visitor then sees things being built. */
const timesOfHistory: SimTimes = {
  callLatencyMs: 0,
  serverBuildMs: 0,
  serverResizeMs: 0,
  serverPowerMs: 0,
  serverRemoveMs: 0,
  volumeBuildMs: 0,
}
export const timesOfVisits: SimTimes = {
  callLatencyMs: 5,
  serverBuildMs: 1_500,
  serverResizeMs: 1_000,
  serverPowerMs: 500,
  serverRemoveMs: 500,
  volumeBuildMs: 400,
}

const images = {
  'x86-64': ['openEuler 24.03 LTS', 'Kylin Server V10 SP3', 'UOS Server 20', 'Anolis OS 8.9', 'Ubuntu 24.04'],
  arm64: ['openEuler 24.03 LTS', 'Kylin Server V10 SP3', 'UOS Server 20'],
} as const
export const imagesOf = (architecture: PlannedCloud['architecture']): string[] => [...images[architecture]]

/** Of RFC 2544's range, which is nobody's: a thousand addresses a cloud. */
export const externalRangeOf = (index: number): string => `198.18.${index * 4}.0/22`

const hostSize = { vcpus: 32, memoryMib: 131_072, diskGib: 4_000 }

const descriptionOf = (it: PlannedCloud, index: number): SimCloudDescription => ({
  name: it.code,
  token: it.token,
  seed: index,
  product: it.product,
  version: it.version,
  architecture: it.architecture === 'arm64' ? 'aarch64' : 'x86_64',
  hosts: [{ prefix: `${it.code}-host`, count: it.hosts, ...hostSize }],
  oversellRatio: it.overselling,
  storageGib: it.hosts * 20_000,
  externalRange: externalRangeOf(index),
  missing: it.missing ?? {},
  images: images[it.architecture].map((name) => ({ name, minimumDiskGib: 40, minimumMemoryMib: 1_024 })),
})

/** Makes the clouds behind the platforms, or gives them other times. */
export const ensureSimClouds = async (
  scene: Scene,
  clouds: readonly PlannedCloud[],
  times: SimTimes,
): Promise<void> => {
  const simulation = simDatabase(scene.yiduo.database)
  for (const [index, it] of clouds.entries()) await createSimCloud(simulation, { ...descriptionOf(it, index), times })
}

/** Whoever runs the core connects all of them. */
const engineer = 'li.operator'

const ensureNodes = async ({ yiduo: { rooms }, cast }: Scene, ids: OrganisationIds) => {
  const known = new Map((await rooms.nodes.listNodes(direction('node.list'), whole)).items.map((it) => [it.code, it]))
  const act = await cast.act(engineer, nodeCreate)
  const nodeIds = new Map<string, string>()
  for (const { node, operator } of nodes) {
    const operatorOrganisationId = present(ids.get(operator), operator)
    const made = known.get(node.code) ?? agreed(await rooms.nodes.createNode(act, { ...node, operatorOrganisationId }))
    nodeIds.set(node.code, made.id)
  }
  return nodeIds
}

const dayMs = 86_400_000
const inDays = (from: Date, days: number): string => new Date(from.getTime() + days * dayMs).toISOString()

const ensureDataCentres = async ({ yiduo: { rooms }, cast }: Scene, today: Date, nodeIds: OrganisationIds) => {
  const ids = new Map(
    (await rooms.nodes.listDataCentres(direction('data-centre.list'), whole)).items.map((it) => [it.code, it.id]),
  )
  const act = await cast.act(engineer, dataCentreCreate)
  for (const { node, centres } of nodes)
    for (const { leaseEndsInDays, ...centre } of centres) {
      const ask = {
        ...centre,
        nodeId: present(nodeIds.get(node.code), node.code),
        // A green level belongs to new rooms; what was taken over has none.
        ...(node.kind === 'integration'
          ? {}
          : { greenLevel: '4A' as const, greenIssuer: '示例认证机构', greenExpiresAt: inDays(today, 500) }),
        ...(leaseEndsInDays === undefined ? {} : { leaseEndsAt: inDays(today, leaseEndsInDays) }),
      }
      ids.set(centre.code, ids.get(centre.code) ?? agreed(await rooms.nodes.createDataCentre(act, ask)).id)
    }
  return ids
}

const ensureLinks = async ({ yiduo: { rooms }, cast, clock }: Scene, centreIds: OrganisationIds): Promise<void> => {
  const act = await cast.act(engineer, linkCreate)
  const idOf = (code: string): string => present(centreIds.get(code), code)
  for (const { from, to, bandwidthGbps, latencyMs } of links) {
    const made = await rooms.nodes.createLink(act, {
      fromDataCentreId: idOf(from),
      toDataCentreId: idOf(to),
      bandwidthMbps: bandwidthGbps * 1_000,
      latencyMs,
      measuredAt: clock.now().toISOString(),
    })
    if (isRefusal(made) && made.refused.code !== 'link-exists') agreed(made)
  }
}

const platforms = async ({ yiduo: { rooms } }: Scene): Promise<readonly Platform[]> =>
  (await rooms.nodes.listPlatforms(direction('platform.list'), whole, 'zh-CN')).items

/** Nodes, data centres, their links and platforms, each platform found in use by its own probe. */
export const ensureClouds = async (
  scene: Scene,
  clouds: readonly PlannedCloud[],
  ids: OrganisationIds,
  today: Date,
): Promise<void> => {
  await ensureSimClouds(scene, clouds, timesOfHistory)
  const centreIds = await ensureDataCentres(scene, today, await ensureNodes(scene, ids))
  await ensureLinks(scene, centreIds)
  const known = new Set((await platforms(scene)).map(({ code }) => code))
  const act = await scene.cast.act(engineer, platformAdd)
  for (const it of clouds) {
    if (known.has(it.code)) continue
    const ask = {
      dataCentreId: present(centreIds.get(it.centre), it.centre),
      code: it.code,
      name: it.name,
      driver: 'sim',
      endpoint: `sim://${it.code}`,
      credential: { token: it.token },
      architecture: it.architecture,
      vcpuOverselling: it.contractOverselling,
      ...(it.provider === null ? {} : { providerOrganisationId: present(ids.get(it.provider), it.provider) }),
    }
    agreed(await scene.yiduo.rooms.nodes.addPlatform(act, ask, 'zh-CN'))
  }
  await untilIdle(scene)
  for (const { code, state } of await platforms(scene)) invariant(state === 'online', `platform ${code} is ${state}`)
}
