import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Terminal } from '../src/terminal.ts'

export interface Seen {
  /** `POST /requests`, below `/api/v1`, with the query. */
  readonly call: string
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
}

/** Answers one call; what is not answered here is a 404 problem. */
export type Route = (seen: Seen, response: ServerResponse) => unknown

export const problem = (status: number, code: string, more: object = {}) => ({
  type: `/docs/faults#${code}`,
  title: 'title',
  status,
  code,
  detail: `detail of ${code}`,
  next: `next of ${code}`,
  trace: 'trace-1',
  ...more,
})

const answer = (response: ServerResponse, value: unknown): void => {
  if (response.headersSent || response.destroyed) return
  if (value === undefined || value === null) return void response.writeHead(204).end()
  const isProblem = typeof value === 'object' && 'trace' in value && 'status' in value
  const [status, type] = isProblem ? [Number(value.status), 'application/problem+json'] : [200, 'application/json']
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(value))
}

/** A server on the loopback that speaks the contract as told, and remembers what it was asked. */
export const listen = async (routes: Readonly<Record<string, Route>>) => {
  const seen: Seen[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const path = (request.url ?? '').replace('/api/v1', '')
    const one = {
      call: `${request.method} ${path}`,
      headers: request.headers,
      body: text === '' ? null : JSON.parse(text),
    }
    seen.push(one)
    const route = routes[`${request.method} ${path.split('?')[0]}`]
    if (!route) return answer(response, problem(404, 'not-found'))
    const value = await route(one, response)
    if (!response.headersSent && !request.socket.destroyed) answer(response, value)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    calls: () => seen.map(({ call }) => call),
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Opens an event stream as an answer; more is written to the response. */
export const openStream = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(': following\n\n')
}

/** A terminal that remembers, with a person who answers from a list. */
export const recordingTerminal = (answers: readonly string[] = [], interactive = answers.length > 0) => {
  const printed: string[] = []
  const noted: string[] = []
  const prompts: { prompt: string; secret: boolean }[] = []
  const rest = [...answers]
  const terminal: Terminal = {
    interactive,
    print: (text) => void printed.push(text),
    write: (chunk) => void printed.push(Buffer.from(chunk).toString('latin1')),
    note: (text) => void noted.push(text),
    ask: async (prompt, { secret = false } = {}) => {
      prompts.push({ prompt, secret })
      return rest.shift() ?? null
    },
  }
  return { terminal, prompts, printed: () => printed.join('\n'), noted: () => noted.join('\n') }
}
