import {
  type Client,
  componentCreate,
  createClient,
  dataCentreCreate,
  grantCreate,
  type Measure,
  measures,
  nodeCreate,
  offeringCreate,
  operationGet,
  organisationCreate,
  organisationList,
  passwordChange,
  personCreate,
  planCreate,
  platformAdd,
  priceSet,
  type Role,
  sessionCreate,
  systemCreate,
} from '@yiduo/contract'
import { adminPassword } from './server-process.ts'
import { waitFor } from './wait.ts'

const password = 'Bench-2026-person'

export interface Clients {
  readonly authority: Client
  readonly operator: Client
  readonly department: Client
}

export interface PlatformAsk {
  readonly driver: string
  readonly endpoint: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly credential: Readonly<Record<string, unknown>>
}

export interface BenchProvince extends Clients {
  /** The operator approves by hand, or the rule does at once. */
  readonly planIds: { readonly byHand: string; readonly byRule: string }
  createSystem(name: string): Promise<string>
}

const signIn = async (baseUrl: string, login: string, secret: string): Promise<Client> => {
  const { token } = await createClient({ baseUrl }).call(sessionCreate, { body: { login, password: secret } })
  return createClient({ baseUrl, locale: 'en', token: token ?? '' })
}

/** Accounts, made as an installation makes them: one administrator makes the person, another grants the role. */
const createPeople = async (baseUrl: string): Promise<Clients & { departmentId: string; operatorId: string }> => {
  const system = await signIn(baseUrl, 'sysadmin', adminPassword)
  const security = await signIn(baseUrl, 'secadmin', adminPassword)
  const province = (await system.call(organisationList, { query: { actor: 'authority' } })).items[0]?.id ?? ''
  const organisation = async (name: string, actor: 'operator' | 'department') =>
    (
      await system.call(organisationCreate, {
        body: { parentId: province, name, actor, level: 'province', divisionCode: '320000' },
      })
    ).id
  const operatorId = await organisation('运行管理机构', 'operator')
  const departmentId = await organisation('使用部门', 'department')
  const person = async (role: Role, organisationId: string, at: string): Promise<Client> => {
    const login = `bench-${role}`
    const oneTime = `${password}-1`
    const made = await system.call(personCreate, { body: { login, name: login, organisationId, password: oneTime } })
    await security.call(grantCreate, { body: { personId: made.id, role, organisationId: at, reach: 'all' } })
    const first = await signIn(baseUrl, login, oneTime)
    await first.call(passwordChange, { body: { oldPassword: oneTime, newPassword: password } })
    return signIn(baseUrl, login, password)
  }
  return {
    authority: await person('authority', province, province),
    operator: await person('operator', operatorId, province),
    department: await person('department', departmentId, departmentId),
    departmentId,
    operatorId,
  }
}

export interface Size {
  readonly imageName: string
  readonly vcpus: number
  readonly memoryMib: number
  readonly systemDiskGib: number
}

const createCatalogue = async ({ authority }: Clients, { imageName, ...size }: Size) => {
  const metering: Partial<Record<Measure, string>> = {}
  for (const measure of measures) {
    const { id } = await authority.call(componentCreate, { body: { code: measure, name: measure, measure } })
    const validFrom = '2020-01-01T00:00:00.000Z'
    const price = { componentId: id, phase: 'formal' as const, validFrom, monthlyPriceYuanE4: 10_000 }
    await authority.call(priceSet, { body: price })
    metering[measure] = id
  }
  const plan = async (code: string, approvedByRuleUpToVcpus: number): Promise<string> => {
    const offering = await authority.call(offeringCreate, {
      body: {
        code,
        name: code,
        kind: 'server',
        imageNames: [imageName],
        metering: metering as Record<Measure, string>, // filled for every measure just above
        approvedByRuleUpToVcpus,
      },
    })
    const made = await authority.call(planCreate, {
      params: { offeringId: offering.id },
      body: { code: `${code}-plan`, name: code, ...size },
    })
    return made.id
  }
  return { byHand: await plan('by-hand', 0), byRule: await plan('by-rule', 1_000) }
}

const connect = async ({ operator }: Clients, operatorId: string, ask: PlatformAsk): Promise<void> => {
  const node = await operator.call(nodeCreate, {
    body: { code: 'core', name: '核心节点', kind: 'core', divisionCode: '320000', operatorOrganisationId: operatorId },
  })
  const dataCentre = await operator.call(dataCentreCreate, {
    body: { nodeId: node.id, code: 'dc', name: '生产中心', role: 'production', longitude: 118.8, latitude: 32 },
  })
  const { operation } = await operator.call(platformAdd, {
    body: { ...ask, dataCentreId: dataCentre.id, code: 'bench', name: 'bench', vcpuOverselling: 16 },
  })
  await waitFor(async () => {
    const probe = await operator.call(operationGet, { params: { operationId: operation.id } })
    if (probe.state === 'failed') throw new Error(`the probe failed: ${JSON.stringify(probe.fault)}`)
    return probe.state === 'succeeded'
  })
}

/** The least a province needs to take a request through the line, made through the API alone. */
export const createProvince = async (baseUrl: string, ask: PlatformAsk, size: Size): Promise<BenchProvince> => {
  const people = await createPeople(baseUrl)
  const planIds = await createCatalogue(people, size)
  await connect(people, people.operatorId, ask)
  return {
    ...people,
    planIds,
    createSystem: async (name) => {
      const body = { organisationId: people.departmentId, name, securityGrade: 2 }
      return (await people.department.call(systemCreate, { body })).id
    },
  }
}
