import {
  type CloudNode,
  type DataCentre,
  dataCentreCreate,
  nodeCreate,
  type Platform,
  platformAdd,
} from '@yiduo/contract'
import { createSimCloud, type SimCloudDescription, type SimTimes } from '@yiduo/drivers'
import { invariant, present } from '../kernel/invariant.ts'
import { simDatabase } from '../platform/database/sim-database.ts'
import { type City, cities } from './cities.ts'
import { untilIdle } from './idle.ts'
import type { OrganisationIds } from './organisations.ts'
import { agreed, direction, type Scene, whole } from './scene.ts'

type PlannedCentre = Pick<DataCentre, 'code' | 'name' | 'role' | 'longitude' | 'latitude'>

/** A node with its data centres; the first of them holds the simulated cloud, which bears the node's code. */
export interface Site {
  readonly node: Pick<CloudNode, 'code' | 'name' | 'kind' | 'divisionCode'>
  readonly operator: string
  readonly centres: readonly [PlannedCentre, ...PlannedCentre[]]
  readonly architecture: 'x86-64' | 'arm64'
  readonly hosts: number
  readonly vcpuOverselling: number
  readonly token: string
}

/** Serves the province, so it bears its code: placement prefers a city's own node, then the core. */
const core: Pick<Site, 'node' | 'operator' | 'centres'> = {
  node: { code: 'core', name: '省级核心节点', kind: 'core', divisionCode: '320000' },
  operator: '省大数据管理中心',
  centres: [
    { code: 'core-production', name: '南京生产中心', role: 'production', longitude: 118.7674, latitude: 32.0415 },
    { code: 'core-active', name: '南京双活中心', role: 'active-active', longitude: 118.8502, latitude: 31.9286 },
    // Another river basin and seismic belt than Nanjing's, and still no high peak acceleration.
    { code: 'core-remote', name: '淮安异地灾备中心', role: 'remote', longitude: 119.0213, latitude: 33.5976 },
  ],
}

const citySite = ({
  code,
  name,
  divisionCode,
  longitude,
  latitude,
}: City): Pick<Site, 'node' | 'operator' | 'centres'> => ({
  node: { code, name: `${name}节点`, kind: 'backbone', divisionCode },
  operator: `${name}大数据管理中心`,
  centres: [{ code: `${code}-1`, name: `${name}政务云数据中心`, role: 'production', longitude, latitude }],
})

/** The one city on domestic chips: what is ordered for them comes from there, whoever asks. */
const arm64City = 'wuxi'

export const planSites = ({ random }: Pick<Scene, 'random'>): readonly Site[] => [
  { ...core, architecture: 'x86-64', hosts: 24, vcpuOverselling: 2, token: random.hex(32) },
  ...cities.map(
    (city): Site => ({
      ...citySite(city),
      architecture: city.code === arm64City ? 'arm64' : 'x86-64',
      hosts: random.between(4, 10),
      vcpuOverselling: random.between(4, 6) / 2,
      token: random.hex(32),
    }),
  ),
]

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
export const imagesOf = (architecture: Site['architecture']): string[] => [...images[architecture]]

const descriptionOf = (
  { node, architecture, hosts, vcpuOverselling, token }: Site,
  seed: number,
): SimCloudDescription => ({
  name: node.code,
  token,
  seed,
  architecture: architecture === 'arm64' ? 'aarch64' : 'x86_64',
  hosts: [{ prefix: `${node.code}-host`, count: hosts, vcpus: 64, memoryMib: 262_144, diskGib: 4_000 }],
  oversellRatio: vcpuOverselling,
  storageGib: hosts * 20_000,
  images: images[architecture].map((name) => ({ name, minimumDiskGib: 40, minimumMemoryMib: 1_024 })),
})

/** Makes the clouds behind the platforms, or gives them other times. */
export const ensureSimClouds = async (scene: Scene, sites: readonly Site[], times: SimTimes): Promise<void> => {
  const simulation = simDatabase(scene.yiduo.database)
  for (const [seed, site] of sites.entries()) await createSimCloud(simulation, { ...descriptionOf(site, seed), times })
}

/** Whoever runs the core connects all of them. */
const engineer = 'li.operator'

const ensureNodes = async ({ yiduo: { rooms }, cast }: Scene, sites: readonly Site[], ids: OrganisationIds) => {
  const known = new Map((await rooms.nodes.listNodes(whole)).items.map((it) => [it.code, it]))
  const act = await cast.act(engineer, nodeCreate)
  const nodeIds = new Map<string, string>()
  for (const { node, operator } of sites) {
    const operatorOrganisationId = present(ids.get(operator), operator)
    const made = known.get(node.code) ?? agreed(await rooms.nodes.createNode(act, { ...node, operatorOrganisationId }))
    nodeIds.set(node.code, made.id)
  }
  return nodeIds
}

const ensureDataCentres = async (
  { yiduo: { rooms }, cast }: Scene,
  sites: readonly Site[],
  nodeIds: ReadonlyMap<string, string>,
) => {
  const ids = new Map((await rooms.nodes.listDataCentres(whole)).items.map((it) => [it.code, it.id]))
  const act = await cast.act(engineer, dataCentreCreate)
  for (const { node, centres } of sites)
    for (const centre of centres) {
      const ask = { ...centre, nodeId: present(nodeIds.get(node.code), node.code) }
      ids.set(centre.code, ids.get(centre.code) ?? agreed(await rooms.nodes.createDataCentre(act, ask)).id)
    }
  return ids
}

const platforms = async ({ yiduo: { rooms } }: Scene): Promise<readonly Platform[]> =>
  (await rooms.nodes.listPlatforms(direction('platform.list'), whole, 'zh-CN')).items

/** Nodes, data centres and platforms, each found in use by its own probe. */
export const ensureClouds = async (scene: Scene, sites: readonly Site[], ids: OrganisationIds): Promise<void> => {
  await ensureSimClouds(scene, sites, timesOfHistory)
  const centreIds = await ensureDataCentres(scene, sites, await ensureNodes(scene, sites, ids))
  const known = new Set((await platforms(scene)).map(({ code }) => code))
  const act = await scene.cast.act(engineer, platformAdd)
  for (const { node, centres, architecture, vcpuOverselling, token } of sites) {
    if (known.has(node.code)) continue
    const ask = {
      dataCentreId: present(centreIds.get(centres[0].code), centres[0].code),
      code: node.code,
      name: `${node.name}云平台`,
      driver: 'sim',
      endpoint: `sim://${node.code}`,
      credential: { token },
      architecture,
      vcpuOverselling,
    }
    agreed(await scene.yiduo.rooms.nodes.addPlatform(act, ask, 'zh-CN'))
  }
  await untilIdle(scene)
  for (const { code, state } of await platforms(scene)) invariant(state === 'online', `platform ${code} is ${state}`)
}
