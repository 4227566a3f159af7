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
  quotaSet,
  sessionCreate,
  systemCreate,
} from '../../packages/contract/src/index.ts'
import { adminPassword } from './server.ts'

/** A province with one department, one operator and a catalogue, made over the API as its users would. */
export interface Office {
  readonly operator: Client
  readonly department: Client
  readonly departmentId: string
  readonly dataCentreId: string
  /** A plan of an offering that a rule approves, or an operator has to. */
  plan(ask: PlanAsk): Promise<string>
  platform(ask: Omit<Parameters<typeof platformBody>[0], 'dataCentreId'>): Promise<void>
  system(name: string): Promise<string>
}

export interface PlanAsk {
  readonly code: string
  readonly imageName: string
  readonly approvedByRule: boolean
  readonly vcpus: number
  readonly memoryMib: number
  readonly systemDiskGib: number
}

interface PlatformAsk {
  readonly dataCentreId: string
  /** `bench` where there is only one. */
  readonly code?: string
  readonly driver: string
  readonly endpoint: string
  readonly settings?: Readonly<Record<string, unknown>>
  readonly credential: Readonly<Record<string, unknown>>
}
const platformBody = (it: PlatformAsk) => ({ code: 'bench', name: 'bench', ...it })

const signIn = async (url: string, login: string, password: string): Promise<Client> => {
  const { token } = await createClient({ baseUrl: url }).call(sessionCreate, { body: { login, password } })
  return createClient({ baseUrl: url, token: token ?? '' })
}

/** Of everybody who was hired. */
export const staffPassword = 'Second-Passw0rd2'

const employ = async (url: string, it: { sysadmin: Client; secadmin: Client; organisationId: string }) => {
  const { sysadmin, secadmin, organisationId } = it
  return async (login: string, at: string, role: 'operator' | 'department'): Promise<Client> => {
    const [first, own] = ['First-Passw0rd1', staffPassword]
    const body = { login, name: login, organisationId: at, password: first }
    const { id } = await sysadmin.call(personCreate, { body })
    const where = role === 'operator' ? organisationId : at
    const reach = role === 'operator' ? ('subtree' as const) : ('own' as const)
    await secadmin.call(grantCreate, { body: { personId: id, role, organisationId: where, reach } })
    const fresh = await signIn(url, login, first)
    await fresh.call(passwordChange, { body: { oldPassword: first, newPassword: own } })
    return signIn(url, login, own)
  }
}

const createMetering = async (operator: Client): Promise<Record<Measure, string>> => {
  const made = measures.map(async (measure) => {
    const component = await operator.call(componentCreate, { body: { code: measure, name: measure, measure } })
    const price = { phase: 'formal' as const, validFrom: '2020-01-01T00:00:00.000Z', monthlyPriceYuanE4: 100_000 }
    await operator.call(priceSet, { body: { componentId: component.id, ...price } })
    return [measure, component.id] as const
  })
  return Object.fromEntries(await Promise.all(made)) as Record<Measure, string> // one for each measure
}

export const openOffice = async (url: string): Promise<Office> => {
  const sysadmin = await signIn(url, 'sysadmin', adminPassword)
  const secadmin = await signIn(url, 'secadmin', adminPassword)
  const [province] = (await sysadmin.call(organisationList, { query: { actor: 'authority' } })).items
  if (province === undefined) throw new Error('there is no province')
  const organisation = async (name: string, actor: 'operator' | 'department') => {
    const place = { parentId: province.id, level: 'province' as const, divisionCode: province.divisionCode }
    return (await sysadmin.call(organisationCreate, { body: { ...place, name, actor } })).id
  }
  const [operatorId, departmentId] = [
    await organisation('operator', 'operator'),
    await organisation('dep', 'department'),
  ]
  const hire = await employ(url, { sysadmin, secadmin, organisationId: province.id })
  const operator = await hire('operator', operatorId, 'operator')
  const department = await hire('department', departmentId, 'department')
  const nodeBody = { code: 'core', name: 'core', kind: 'core' as const, divisionCode: province.divisionCode }
  const node = await operator.call(nodeCreate, { body: { ...nodeBody, operatorOrganisationId: operatorId } })
  const place = { role: 'production' as const, longitude: 118.77, latitude: 32.04 }
  const dataCentreBody = { nodeId: node.id, code: 'core-1', name: 'core-1', ...place }
  const dataCentre = await operator.call(dataCentreCreate, { body: dataCentreBody })
  const metering = await createMetering(operator)
  // Without a quota no rule approves anything.
  for (const measure of measures)
    await operator.call(quotaSet, { params: { organisationId: departmentId, measure }, body: { limit: 1_000_000 } })
  return {
    operator,
    department,
    departmentId,
    dataCentreId: dataCentre.id,
    plan: async ({ code, imageName, approvedByRule, ...size }) => {
      const rule = { approvedByRuleUpToVcpus: approvedByRule ? 1_024 : 0 }
      const named = { code, name: code, kind: 'server' as const, imageNames: [imageName] }
      const offering = await operator.call(offeringCreate, { body: { ...named, metering, ...rule } })
      const params = { offeringId: offering.id }
      return (await operator.call(planCreate, { params, body: { code, name: code, ...size } })).id
    },
    platform: async (ask) => {
      const body = platformBody({ ...ask, dataCentreId: dataCentre.id })
      const { operation } = await operator.call(platformAdd, { body })
      await ends(operator, operation.id)
    },
    system: async (name) => {
      const body = { organisationId: departmentId, name, securityGrade: 2 }
      return (await department.call(systemCreate, { body })).id
    },
  }
}

/** Set-up only: nothing is measured meanwhile. */
const ends = async (operator: Client, operationId: string): Promise<void> => {
  for (;;) {
    const operation = await operator.call(operationGet, { params: { operationId } })
    if (operation.state === 'succeeded') return
    if (operation.endedAt !== null) throw new Error(`the probe ended ${JSON.stringify(operation.fault)}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
