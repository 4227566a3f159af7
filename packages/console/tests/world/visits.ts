import {
  auditCheckpoints,
  type Client,
  collectionList,
  demandPlanList,
  findingList,
  offeringList,
  operationList,
  organisationList,
  platformList,
  requestList,
  resourceList,
  statementList,
  templateList,
} from '@yiduo/contract'
import { paths } from '../../src/paths.ts'
import { routes } from '../../src/routes.ts'

/** Who looks at a page, and at which one of many. */
export interface Visit {
  readonly path: string
  readonly login: string
  /** The address of something that the demonstration has; null where it has none of it. */
  readonly find: (client: Client) => Promise<string | null>
}

type List = Promise<{ readonly items: readonly { readonly id: string }[] }>

const first = async (list: List, pathOf: (id: string) => string): Promise<string | null> => {
  const [found] = (await list).items
  return found ? pathOf(found.id) : null
}

const serverOf = (client: Client) => client.call(resourceList, { query: { kind: 'server', state: 'formal' } })
const departmentOf = (client: Client) => client.call(organisationList, { query: { text: '省民政厅' } })

/** Pages of one thing: whose day they belong to, and a thing that shows much. */
const ofOne: readonly Visit[] = [
  {
    path: '/requests/$requestId',
    login: 'zhou.department',
    find: (client) => first(client.call(requestList, { query: { state: 'testing' } }), paths.request),
  },
  {
    path: '/requests/$requestId/edit',
    login: 'wu.department',
    find: (client) => first(client.call(requestList, { query: { state: 'returned' } }), paths.editRequest),
  },
  {
    path: '/requests/new',
    login: 'wang.department',
    find: async (client) => {
      const [offering] = (await client.call(offeringList, {})).items
      const plan = offering?.plans[0]
      return plan ? `${paths.newRequest()}?planId=${plan.id}` : null
    },
  },
  {
    path: '/catalogue/$offeringId',
    login: 'wang.department',
    find: (client) => first(client.call(offeringList, {}), paths.offering),
  },
  {
    path: '/offerings/$offeringId',
    login: 'li.operator',
    find: (client) => first(client.call(offeringList, {}), paths.releasedOffering),
  },
  {
    path: '/catalogue/templates/$templateId',
    login: 'wang.department',
    find: (client) => first(client.call(templateList, {}), paths.template),
  },
  {
    path: '/collections/$collectionId',
    login: 'chen.county',
    find: (client) => first(client.call(collectionList, {}), paths.collection),
  },
  {
    path: '/operations/$operationId',
    login: 'li.operator',
    find: (client) => first(client.call(operationList, {}), paths.operation),
  },
  {
    path: '/platforms/$platformId',
    login: 'li.operator',
    find: (client) => first(client.call(platformList, {}), paths.platform),
  },
  {
    path: '/systems/$systemId',
    login: 'wang.department',
    find: async (client) => {
      const [server] = (await serverOf(client)).items
      return server ? paths.system(server.systemId) : null
    },
  },
  {
    path: '/resources/$resourceId',
    login: 'wang.department',
    find: (client) => first(serverOf(client), paths.resource),
  },
  {
    path: '/resources/$resourceId/console',
    login: 'wang.department',
    find: (client) => first(serverOf(client), paths.serverConsole),
  },
  {
    path: '/organisations/$organisationId',
    login: 'li.operator',
    find: (client) => first(departmentOf(client), paths.organisation),
  },
  {
    path: '/demand-plans/$demandPlanId',
    login: 'li.operator',
    find: (client) => first(client.call(demandPlanList, {}), paths.demandPlan),
  },
  {
    path: '/statements/$statementId',
    login: 'chu.provider',
    find: (client) => first(client.call(statementList, {}), paths.statement),
  },
  {
    path: '/audit/checkpoints/$number',
    login: 'auditadmin',
    find: async (client) => {
      const [checkpoint] = (await client.call(auditCheckpoints, { query: { limit: 1 } })).items
      return checkpoint ? paths.checkpoint(checkpoint.number) : null
    },
  },
  {
    path: '/findings/$findingId',
    login: 'wei.security',
    find: (client) => first(client.call(findingList, {}), paths.finding),
  },
  {
    path: '/bills/$organisationId/$month',
    login: 'wang.department',
    find: (client) =>
      first(client.call(organisationList, {}), (id) => paths.bill(id, new Date().toISOString().slice(0, 7))),
  },
]

const ofDepartments: ReadonlySet<string> = new Set(['/', '/catalogue', '/requests/new', '/systems', '/advice'])
const ofOthers: Readonly<Record<string, string>> = {
  '/audit': 'qian.auditor',
  '/collections': 'chen.county',
  '/acts-on-mine': 'wang.department',
  '/findings': 'wei.security',
  '/grants': 'secadmin2',
  '/grant-reviews': 'secadmin2',
  '/emergency-grants': 'secadmin2',
  '/identity-policy': 'secadmin2',
  '/identity-providers': 'sysadmin',
  '/emergency-access': 'zheng.operator',
}

const plain = (path: string): Visit => ({
  path,
  login: ofOthers[path] ?? (ofDepartments.has(path) ? 'wang.department' : 'li.operator'),
  find: async () => path,
})

/** One for every page of the table. */
export const visits: readonly Visit[] = routes.map((it) => {
  const one = ofOne.find(({ path }) => path === it.path)
  if (it.path.includes('$') && !one) throw new Error(`tests/world/visits.ts does not say where to look at ${it.path}`)
  return one ?? plain(it.path)
})
