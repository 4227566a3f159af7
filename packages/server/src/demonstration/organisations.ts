import type { Organisation } from '@yiduo/contract'
import { present } from '../kernel/invariant.ts'
import { type City, cities } from './cities.ts'
import { agreed, direction, type Scene, whole } from './scene.ts'
import { truths } from './truths.ts'

type Planned = Pick<Organisation, 'name' | 'actor' | 'level' | 'divisionCode'> & {
  readonly consolidates?: boolean
  readonly below?: readonly Planned[]
}
type Maker = (name: string, actor: Organisation['actor'], below?: readonly Planned[]) => Planned

/** Organisations of one division, which share its code and level. */
const of =
  (level: Organisation['level'], divisionCode: string): Maker =>
  (name, actor, below = []) => ({ name, actor, level, divisionCode, below })

const inProvince = of('province', '320000')

/** The departments that the stories are told of; what they hold is theirs alone. */
export const toldOf: readonly string[] = [
  '省民政厅',
  '省水利厅',
  '省人力资源和社会保障厅',
  '苏州市交通运输局',
  '沭阳县大数据局',
]

export const provinceDepartments: readonly string[] = [
  '省发展和改革委员会',
  '省教育厅',
  '省科学技术厅',
  '省工业和信息化厅',
  '省民族宗教事务委员会',
  '省公安厅',
  '省司法厅',
  '省财政厅',
  '省自然资源厅',
  '省生态环境厅',
  '省住房和城乡建设厅',
  '省交通运输厅',
  '省农业农村厅',
  '省商务厅',
  '省文化和旅游厅',
  '省卫生健康委员会',
  '省退役军人事务厅',
  '省应急管理厅',
  '省外事办公室',
  '省国有资产监督管理委员会',
  '省市场监督管理局',
  '省广播电视局',
  '省体育局',
  '省统计局',
  '省医疗保障局',
  '省粮食和物资储备局',
  '省林业局',
  '省药品监督管理局',
  '省知识产权局',
  '省信访局',
  '省机关事务管理局',
  '省地方金融管理局',
  '省人民防空办公室',
  '省档案局',
  '省气象局',
  '省地震局',
  '省通信管理局',
]

export const cityOffices = ['教育局', '公安局', '民政局', '住房和城乡建设局', '交通运输局', '卫生健康委员会'] as const
export const countyOffices = ['水利局', '教育局'] as const

const villages = 18
export const townshipOf = (county: string): string =>
  county === '沭阳县' ? '沭城街道办事处' : `${county}示范镇人民政府`
const villageOf = (county: string): string => (county === '沭阳县' ? '示范社区居民委员会' : `${county}示范村村民委员会`)

/** The county whose bureau collects its requests (扎口); below it the two lowest levels. */
const countyTree = ([name, divisionCode]: City['counties'][number], index: number): Planned => {
  const inCounty = of('county', divisionCode)
  const village = of('village', `${divisionCode}001001`)(villageOf(name), 'department')
  return inCounty(name, 'authority', [
    { ...inCounty(`${name}大数据局`, 'department'), consolidates: true },
    ...countyOffices.map((office) => inCounty(`${name}${office}`, 'department')),
    of('township', `${divisionCode}001`)(townshipOf(name), 'department', index < villages ? [village] : []),
  ])
}

/** What the province is called here, however the first set-up named it. */
export const province = '江苏省'

const allCounties = cities.flatMap(({ counties }) => counties)
const indexOfCounty = (name: string): number => allCounties.findIndex(([it]) => it === name)

/** All below the province, which the first set-up makes. */
const planned: readonly Planned[] = [
  inProvince('省政务服务管理办公室', 'authority'),
  inProvince('省大数据管理中心', 'operator'),
  inProvince('省民政厅', 'department'),
  inProvince('省水利厅', 'department'),
  inProvince('省人力资源和社会保障厅', 'department'),
  ...provinceDepartments.map((name) => inProvince(name, 'department')),
  inProvince('示例云服务商', 'provider'),
  inProvince(truths.overselling.provider, 'provider'),
  inProvince('省政务云安全协管中心', 'security-operator'),
  inProvince('省互联网信息办公室', 'regulator'),
  inProvince('省审计厅', 'auditor'),
  ...cities.map(({ name, divisionCode, counties }) => {
    const inCity = of('city', divisionCode)
    return inCity(name, 'authority', [
      inCity(`${name}大数据管理中心`, 'operator'),
      ...cityOffices.map((office) => inCity(`${name}${office}`, 'department')),
      ...counties.map((county) => countyTree(county, indexOfCounty(county[0]))),
    ])
  }),
]

/** Typed ids by name; names are unique within the demonstration. */
export type OrganisationIds = ReadonlyMap<string, string>

/** Makes what is missing, parents first. The province is the one that stands alone. */
export const ensureOrganisations = async ({ yiduo: { rooms } }: Scene): Promise<OrganisationIds> => {
  const act = direction('organisation.create')
  const known = (await rooms.organisations.list(act, whole)).items
  const ids = new Map(known.map(({ name, id }) => [name, id]))
  const root = present(await rooms.organisations.root(), province)
  ids.set(province, root.id)
  const ensure = async ({ below = [], ...it }: Planned, parentId: string): Promise<void> => {
    const id = ids.get(it.name) ?? agreed(await rooms.organisations.create(act, { ...it, parentId })).id
    ids.set(it.name, id)
    for (const inner of below) await ensure(inner, id)
  }
  for (const it of planned) await ensure(it, root.id)
  return ids
}

const namesOf = (it: Planned): readonly string[] => [it.name, ...(it.below ?? []).flatMap(namesOf)]
const plannedNames = new Set(planned.flatMap(namesOf))

export const isPlanned = ({ name, parentId }: Organisation): boolean => parentId === null || plannedNames.has(name)
