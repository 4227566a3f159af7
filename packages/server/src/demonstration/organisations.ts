import type { Organisation } from '@yiduo/contract'
import { present } from '../kernel/invariant.ts'
import { cities } from './cities.ts'
import { agreed, direction, type Scene, whole } from './scene.ts'

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
const inKunshan = of('county', '320583')
const inShuyang = of('county', '321322')

const kunshan = inKunshan('昆山市', 'authority', [inKunshan('昆山市行政审批局', 'department')])

/** The county whose bureau collects its requests (扎口); below it the two lowest levels. */
const shuyang = inShuyang('沭阳县', 'authority', [
  { ...inShuyang('沭阳县大数据局', 'department'), consolidates: true },
  inShuyang('沭阳县水利局', 'department'),
  of('township', '321322001')('沭城街道办事处', 'department', [
    of('village', '321322001001')('示范社区居民委员会', 'department'),
  ]),
])

const belowCities: Readonly<Record<string, readonly Planned[]>> = {
  nanjing: [of('city', '320100')('南京市教育局', 'department')],
  suzhou: [of('city', '320500')('苏州市交通运输局', 'department'), kunshan],
  suqian: [shuyang],
}

/** What the province is called here, however the first set-up named it. */
export const province = '江苏省'

/** All below the province, which the first set-up makes. */
const planned: readonly Planned[] = [
  inProvince('省政务服务管理办公室', 'authority'),
  inProvince('省大数据管理中心', 'operator'),
  inProvince('省民政厅', 'department'),
  inProvince('省水利厅', 'department'),
  inProvince('省人力资源和社会保障厅', 'department'),
  inProvince('示例云服务商', 'provider'),
  inProvince('省政务云安全协管中心', 'security-operator'),
  inProvince('省互联网信息办公室', 'regulator'),
  inProvince('省审计厅', 'auditor'),
  ...cities.map(({ code, name, divisionCode }) => {
    const inCity = of('city', divisionCode)
    return inCity(name, 'authority', [inCity(`${name}大数据管理中心`, 'operator'), ...(belowCities[code] ?? [])])
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
