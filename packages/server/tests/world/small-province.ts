import { type Measure, measures, type Role } from '@yiduo/contract'
import type { Yiduo } from '../../src/compose.ts'
import { programAct } from '../../src/kernel/act.ts'
import { isRefusal, type Refusal } from '../../src/kernel/refusal.ts'
import { firstSetUp } from '../../src/modules/installation/index.ts'

export const password = 'Test-2026-pw'
const act = programAct('test', 'demonstration.make', 'test')

export const agreed = <T>(it: T | Refusal): T => {
  if (isRefusal(it)) throw new Error(`refused: ${JSON.stringify(it.refused)}`)
  return it
}

/** Prices of the tests, in 1/10000 yuan a month: round enough to check bills by hand. */
export const prices: Readonly<Record<Measure, number>> = {
  vcpu: 400_000,
  'memory-gib': 150_000,
  'volume-gib': 3_000,
  address: 300_000,
}

const createCatalogue = async ({ rooms }: Yiduo, it: { imageName: string; ruleVcpus: number }) => {
  const ids = {} as Record<Measure, string> // filled for every measure below
  for (const [measure, monthlyPriceYuanE4] of Object.entries(prices) as [Measure, number][]) {
    const component = agreed(
      await rooms.catalogue.createComponent(act, { code: `C-${measure}`, name: measure, measure }),
    )
    ids[measure] = component.id
    const validFrom = '2020-01-01T00:00:00.000Z'
    agreed(
      await rooms.catalogue.setPrice(act, {
        componentId: component.id,
        phase: 'formal',
        validFrom,
        monthlyPriceYuanE4,
      }),
    )
  }
  const offering = agreed(
    await rooms.catalogue.createOffering(act, {
      code: 'ecs',
      name: '云服务器',
      kind: 'server',
      imageNames: [it.imageName],
      metering: ids,
      approvedByRuleUpToVcpus: it.ruleVcpus,
      testDays: 7,
    }),
  )
  const plan = async (code: string, vcpus: number, memoryMib: number, systemDiskGib: number) =>
    agreed(await rooms.catalogue.createPlan(act, offering.id, { code, name: code, vcpus, memoryMib, systemDiskGib }))
  const plans = {
    small: await plan('c1m2', 1, 2_048, 20),
    medium: await plan('c2m4', 2, 4_096, 20),
    large: await plan('c4m8', 4, 8_192, 20),
  }
  return { offering, componentIds: ids, plan, plans }
}

const createCore = async ({ rooms }: Yiduo, operatorOrganisationId: string) => {
  const node = agreed(
    await rooms.nodes.createNode(act, {
      code: 'core',
      name: '省级核心节点',
      kind: 'core',
      divisionCode: '320000',
      operatorOrganisationId,
    }),
  )
  const dataCentre = agreed(
    await rooms.nodes.createDataCentre(act, {
      nodeId: node.id,
      code: 'core-1',
      name: '生产中心',
      role: 'production',
      longitude: 118.77,
      latitude: 32.04,
    }),
  )
  return { node, dataCentre }
}

/** One province with one city: an operator and two departments on each level, and people to act for them. */
export const createSmallProvince = async (yiduo: Yiduo, it: { imageName: string; ruleVcpus: number }) => {
  const { rooms } = yiduo
  await firstSetUp(
    rooms,
    { provinceName: '测试省', divisionCode: '320000', adminPassword: password, secondFactor: false },
    () => undefined,
  )
  const [province] = (await rooms.organisations.list(act, { actor: 'authority' })).items
  if (!province) throw new Error('the province was not made')
  const organisation = async (
    parentId: string,
    name: string,
    actor: 'operator' | 'department' | 'authority',
    level: 'province' | 'city',
    divisionCode: string,
  ) => agreed(await rooms.organisations.create(act, { parentId, name, actor, level, divisionCode }))
  const operator = await organisation(province.id, '省大数据管理中心', 'operator', 'province', '320000')
  const department = await organisation(province.id, '省民政厅', 'department', 'province', '320000')
  const otherDepartment = await organisation(province.id, '省水利厅', 'department', 'province', '320000')
  const city = await organisation(province.id, '某市', 'authority', 'city', '320100')
  const cityOperator = await organisation(city.id, '市大数据中心', 'operator', 'city', '320100')
  const cityDepartment = await organisation(city.id, '市民政局', 'department', 'city', '320100')

  const person = async (
    login: string,
    organisationId: string,
    role: Role,
    at: string,
    reach: 'own' | 'subtree' | 'all',
  ) => {
    const made = agreed(
      await rooms.identity.createPerson(act, { login, name: login, organisationId, password }, 'lasting'),
    )
    agreed(await rooms.identity.createGrant(act, { personId: made.id, role, organisationId: at, reach }))
    return login
  }
  await Promise.all([
    person('operator', operator.id, 'operator', province.id, 'subtree'),
    person('department', department.id, 'department', department.id, 'own'),
    person('other', otherDepartment.id, 'department', otherDepartment.id, 'own'),
    person('city-operator', cityOperator.id, 'operator', city.id, 'subtree'),
    person('city-department', cityDepartment.id, 'department', cityDepartment.id, 'own'),
  ])
  const catalogue = await createCatalogue(yiduo, it)
  // Without a quota no rule approves anything.
  for (const { id } of [department, otherDepartment, cityDepartment])
    for (const measure of measures) agreed(await rooms.quota.set(act, id, measure, { limit: 1_000_000 }))
  const system = agreed(
    await rooms.systems.create(act, { organisationId: department.id, name: '低保核对系统', securityGrade: 2 }),
  )
  const { node, dataCentre } = await createCore(yiduo, operator.id)
  return {
    province,
    operator,
    department,
    otherDepartment,
    city,
    cityOperator,
    cityDepartment,
    system,
    node,
    dataCentre,
    ...catalogue,
  }
}

export type SmallProvince = Awaited<ReturnType<typeof createSmallProvince>>
