import type { BusinessSystem } from '@yiduo/contract'
import type { LoadProfileName } from '@yiduo/drivers'
import { present } from '../../kernel/invariant.ts'
import { cities } from '../cities.ts'
import { cityOffices, countyOffices, provinceDepartments, toldOf, townshipOf } from '../organisations.ts'
import { truths } from '../truths.ts'
import type { Chance } from './chance.ts'
import type { Ground, Owner } from './ground.ts'

/** What a system was asked for on purpose, instead of by chance. */
export interface SpecialOrder {
  /** Name of the line; its servers are this with a number. */
  readonly name: string
  readonly quantity: number
  readonly vcpus: number
  readonly dataVolumeGib?: number
  readonly load?: LoadProfileName
  readonly unattached?: boolean
  readonly endsInDays?: number
  readonly sentDaysAgo?: number
}

export interface PlannedSystem {
  readonly key: string
  readonly name: string
  readonly owner: Owner
  readonly platform: string
  readonly facts: Pick<BusinessSystem, 'securityGrade' | 'dataClass' | 'recoveryMode' | 'zone'>
  /** So many days ago it was registered. */
  readonly daysAgo: number
  /** Servers that stand, by chance; or what was ordered on purpose. */
  readonly servers: number
  readonly special: SpecialOrder | 'fills its platform' | null
}

const kinds = [
  '办公协同系统',
  '行政审批系统',
  '数据共享交换平台',
  '信访管理系统',
  '档案管理系统',
  '视频会议系统',
  '政务公开平台',
  '监测预警平台',
  '统计报送系统',
  '执法监管平台',
  '移动应用平台',
  '统一门户',
] as const

const systemsEach = { province: 6, city: 4, county: 1 } as const
const townshipsWithSystems = 6

interface Holder {
  readonly owner: string
  readonly systems: number
}

/** Those who hold anything by chance; who is told of on purpose elsewhere does not. */
const holders = (): readonly Holder[] => {
  const special: readonly string[] = [...toldOf, ...truths.unusedQuotas]
  const counties = cities.flatMap((city) => city.counties.map(([name]) => name))
  const all: readonly Holder[] = [
    ...provinceDepartments.map((owner) => ({ owner, systems: systemsEach.province })),
    ...cities.flatMap(({ name }) => cityOffices.map((it) => ({ owner: name + it, systems: systemsEach.city }))),
    ...counties.flatMap((name) => countyOffices.map((it) => ({ owner: name + it, systems: systemsEach.county }))),
    ...counties.slice(0, townshipsWithSystems).map((name) => ({ owner: townshipOf(name), systems: 1 })),
  ]
  return all.filter(({ owner }) => !special.includes(owner))
}

/** Most are small, some large: ten servers each on average. */
const serversOf = (chance: Chance, key: string): number => {
  const kind = chance.part('size', key)
  if (kind < 0.57) return chance.between(1, 4, 'servers', key)
  return kind < 0.9 ? chance.between(5, 20, 'servers', key) : chance.between(30, 70, 'servers', key)
}

/** Departments of the province are spread over its platforms; the rest stand on their own city's. */
const platformOf = (chance: Chance, { home, name }: Owner, key: string): string => {
  if (home !== 'core') return home
  if (name === '省统计局') return 'integration'
  const kind = chance.part('platform', key)
  if (kind < 0.46) return 'core'
  if (kind < 0.82) return truths.overselling.platform
  return kind < 0.95 ? 'core-active' : 'integration'
}

const factsOf = (chance: Chance, platform: string, key: string): PlannedSystem['facts'] => {
  const securityGrade = chance.part('grade', key) < 0.6 ? 2 : 3
  return {
    securityGrade,
    dataClass: chance.part('class', key) < 0.25 ? 'important' : 'general',
    recoveryMode: platform === 'core-active' ? 'active-active' : securityGrade === 3 ? 'remote' : 'local-backup',
    zone: chance.pick(['public', 'public', 'dedicated', 'internet'], 'zone', key),
  }
}

/** Half of all came in the first days, when departments moved; the others since. */
const daysAgoOf = (chance: Chance, key: string): number =>
  chance.part('when', key) < 0.5 ? chance.between(170, 182, 'day', key) : chance.between(25, 169, 'day', key)

const byChance = ({ chance, owners }: Ground, { owner: name, systems }: Holder): readonly PlannedSystem[] => {
  const owner = present(owners.get(name), name)
  const first = chance.between(0, kinds.length - 1, 'kind', name)
  return Array.from({ length: systems }, (_, index) => {
    const key = `${name} ${index}`
    const platform = platformOf(chance, owner, key)
    return {
      key,
      name: name + present(kinds[(first + index) % kinds.length], 'kind'),
      owner,
      platform,
      facts: factsOf(chance, platform, key),
      daysAgo: daysAgoOf(chance, key),
      servers: serversOf(chance, key),
      special: null,
    }
  })
}

const specials: readonly (readonly [system: string, of: string, special: PlannedSystem['special'], daysAgo: number])[] =
  [
    ...truths.zombies.map(
      ({ system, of }, index) =>
        [system, of, { name: `jiangshi-${index + 1}`, quantity: 3, vcpus: 4, load: 'idle' }, 180] as const,
    ),
    ['考试成绩查询平台', '省教育厅', { name: 'chengji-app', quantity: 4, vcpus: 16, load: 'oversized' }, 120],
    [
      '公积金查询系统',
      '徐州市住房和城乡建设局',
      { name: 'gongjijin-db', quantity: 2, vcpus: 16, load: 'oversized' },
      140,
    ],
    [
      '遥感影像库',
      '省自然资源厅',
      { name: 'yaogan-node', quantity: 3, vcpus: 8, dataVolumeGib: 500, unattached: true },
      150,
    ],
    [
      '健康档案归档系统',
      '扬州市卫生健康委员会',
      { name: 'guidang', quantity: 2, vcpus: 4, dataVolumeGib: 200, unattached: true },
      160,
    ],
    ...truths.endings.map(
      ({ system, of, endsInDays }, index) =>
        [system, of, { name: `daoqi-${index + 1}`, quantity: 2, vcpus: 4, endsInDays }, 90] as const,
    ),
    [
      truths.stuckRequest.system,
      truths.stuckRequest.of,
      { name: 'xiaoyuan-app', quantity: 6, vcpus: 8, sentDaysAgo: truths.stuckRequest.sentDaysAgo },
      30,
    ],
    [truths.fullPlatform.system, truths.fullPlatform.of, 'fills its platform', 100],
  ]

const onPurpose = ({ chance, owners }: Ground): readonly PlannedSystem[] =>
  specials.map(([name, of, special, daysAgo]) => {
    const owner = present(owners.get(of), of)
    const platform = owner.home
    const facts = factsOf(chance, platform, name)
    return { key: name, name, owner, platform, facts, daysAgo, servers: 0, special }
  })

/** The one that fills its platform comes last: it takes what the others leave. */
export const planSystems = (ground: Ground): readonly PlannedSystem[] => [
  ...holders().flatMap((holder) => byChance(ground, holder)),
  ...onPurpose(ground),
]
