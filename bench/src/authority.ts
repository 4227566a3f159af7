import { createClient, requestList, resourceList, systemList } from '../../packages/contract/src/index.ts'
import type { Bench } from './bench.ts'
import { type Caller, crowd } from './crowded-province.ts'
import { startServer } from './server.ts'
import { median, timed } from './statistics.ts'

const size = { resources: 1_000_000, organisations: 30_000 }
const rounds = 200
const warmUp = 20

/** Those who see a part, and as much of it as fills a page. */
const parts = ['city', 'department'] as const satisfies readonly Caller[]
const lists = { resources: resourceList, requests: requestList, systems: systemList }

export const authority: Bench = {
  name: 'authority',
  says: 'a page of a list for who sees a part of the province, against the same page for who sees all of it',
  run: async (tell) => {
    await using stack = new AsyncDisposableStack()
    const server = stack.use(await startServer())
    const { tokens } = await crowd(server.databaseUrl, size)
    tell(`${size.resources.toLocaleString('en')} resources, ${size.organisations.toLocaleString('en')} organisations`)
    const figures: Record<string, number> = {}
    const limits: Record<string, number> = {}
    const clientOf = (caller: Caller) => createClient({ baseUrl: server.url, token: tokens[caller] })
    const whole = clientOf('province')
    for (const [name, operation] of Object.entries(lists))
      for (const caller of parts) {
        const part = clientOf(caller)
        const pairs: { whole: number; part: number }[] = []
        // By turns: whatever the machine does meanwhile, it does to both.
        for (let round = 0; round < rounds + warmUp; round++)
          pairs.push({
            whole: await timed(() => whole.send(operation, {})),
            part: await timed(() => part.send(operation, {})),
          })
        const counted = pairs.slice(warmUp)
        figures[`${name} ${caller} allMs`] = median(counted.map((it) => it.whole))
        figures[`${name} ${caller} partMs`] = median(counted.map((it) => it.part))
        figures[`${name} ${caller} partOverAll`] =
          median(counted.map((it) => it.part)) / median(counted.map((it) => it.whole))
        limits[`${name} ${caller} partOverAll`] = 1.2
      }
    return { figures, limits }
  },
}
