import { type Client, requestList, resourceList } from '@yiduo/contract'
import { routes } from '../../src/routes.ts'

/** Who looks at a page, and at which one of many. */
export interface Visit {
  readonly path: string
  readonly login: string
  /** The parameters of the path, looked up in the demonstration. */
  readonly find?: (client: Client) => Promise<string>
}

const first = async (list: Promise<{ readonly items: readonly { readonly id: string }[] }>): Promise<string> => {
  const [found] = (await list).items
  if (!found) throw new Error('the demonstration has nothing to show here')
  return found.id
}

/** Pages of one thing: whose day they belong to, and a thing of the demonstration that shows much. */
const chosen: readonly Visit[] = [
  {
    path: '/requests/$requestId',
    login: 'zhou.department',
    find: (client) => first(client.call(requestList, { query: { state: 'testing' } })),
  },
  {
    path: '/resources/$resourceId',
    login: 'wang.department',
    find: (client) => first(client.call(resourceList, { query: { kind: 'server', state: 'formal' } })),
  },
]

const ofDepartments: ReadonlySet<string> = new Set(['/', '/catalogue', '/requests/new', '/systems', '/advice'])
const ofAuditors: ReadonlySet<string> = new Set(['/audit'])

const plain = (path: string): Visit => ({
  path,
  login: ofDepartments.has(path) ? 'wang.department' : ofAuditors.has(path) ? 'qian.auditor' : 'li.operator',
})

/** One for every page of the table. */
export const visits: readonly Visit[] = routes.map(
  (it) => chosen.find(({ path }) => path === it.path) ?? plain(it.path),
)

export const addressOf = async ({ path, find }: Visit, client: Client): Promise<string> =>
  find ? path.replaceAll(/\$\w+/g, await find(client)) : path
