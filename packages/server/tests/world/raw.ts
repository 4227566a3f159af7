import { idPrefixes, type OperationSpec, type Problem, sessionCreate } from '@yiduo/contract'
import type { World } from './world.ts'

export interface RawAnswer {
  readonly status: number
  readonly headers: Headers
  /** Parsed where it is JSON. */
  readonly body: unknown
}

export interface RawCall {
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as it is if it is text, else as JSON. */
  readonly body?: unknown
}

/** A call that no typed client would make. */
export const rawCall = async (
  { url }: Pick<World, 'url'>,
  method: string,
  path: string,
  { token, headers = {}, body }: RawCall = {},
): Promise<RawAnswer> => {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  if (answer.headers.get('content-type')?.startsWith('text/event-stream')) {
    await answer.body?.cancel()
    return { status: answer.status, headers: answer.headers, body: null }
  }
  const text = await answer.text()
  const isJson = answer.headers.get('content-type')?.includes('json') && text !== ''
  return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text || null }
}

export const problemIn = ({ body }: RawAnswer): Problem => body as Problem // what the test then looks at proves it

/** Well-formed, and of nothing that exists. */
const nowhere: Readonly<Record<string, string>> = {
  ...{ month: '2026-01', measure: 'vcpu', day: '2027-01-04', provider: 'nobody' },
  provider: 'none',
}
const prefixOf = (parameter: string): string | undefined => {
  const prefixes: Readonly<Record<string, string>> = { ...idPrefixes, resource: idPrefixes.server }
  return prefixes[parameter.replace(/Id$/, '')]
}

/** The operation's path with the given values in it; what is not given names nothing that exists. */
export const pathWith = (spec: OperationSpec, given: Readonly<Record<string, string>> = {}): string =>
  `/api/v1${spec.http.slice(spec.http.indexOf(' ') + 1)}`.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = given[name] ?? nowhere[name] ?? (prefixOf(name) && `${prefixOf(name)}_01ja8kz5v0e8y9m2n4p6q8r0st`)
    if (value === undefined) throw new Error(`no value for {${name}}: add its prefix`)
    return value
  })

export const methodOf = (spec: OperationSpec): string => spec.http.slice(0, spec.http.indexOf(' '))

export const signIn = (world: Pick<World, 'url'>, login: string, password: string): Promise<RawAnswer> =>
  rawCall(world, 'POST', pathWith(sessionCreate), { body: { login, password } })
