import { pino } from 'pino'
import { createSimCloud } from '../../packages/drivers/src/index.ts'
import { createDatabase } from '../../packages/server/src/platform/database/index.ts'
import { simDatabase } from '../../packages/server/src/platform/database/sim-database.ts'
import type { Bench } from './bench.ts'
import { createWatcher, draft, submit, takeBack } from './journey.ts'
import { openOffice } from './office.ts'
import { startServer } from './server.ts'
import { quantile, timed } from './statistics.ts'

const alone = 40
const together = 120
const atOnce = 16

const token = 'bench'
const imageName = 'tiny-linux'
const size = { vcpus: 1, memoryMib: 2_048 }

/** A cloud that takes no time for anything: what is left is our own. */
const createInstantCloud = async (databaseUrl: string): Promise<void> => {
  await using database = createDatabase({ url: databaseUrl, connections: 2, log: pino({ level: 'silent' }) })
  await createSimCloud(simDatabase(database), {
    name: 'instant',
    token,
    hosts: [{ prefix: 'host', count: 20, vcpus: 64, memoryMib: 262_144, diskGib: 10_000 }],
    flavours: [{ name: 'small', ...size, diskGib: 20 }],
    images: [{ name: imageName, minimumDiskGib: 1, minimumMemoryMib: 256 }],
    // A range that holds an address for each request.
    externalRange: '10.128.0.0/16',
    times: { callLatencyMs: 0, serverBuildMs: 0, volumeBuildMs: 0, serverResizeMs: 0, serverRemoveMs: 0 },
  })
}

/** Does all the work, a few at once, and answers how long each took. */
const inParallel = async (count: number, work: (index: number) => Promise<number>): Promise<number[]> => {
  const taken: number[] = []
  let next = 0
  const worker = async () => {
    while (next < count) taken.push(await work(next++))
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return taken
}

export const line: Bench = {
  name: 'line',
  says: 'our own time from sending a request to its resources standing, on a simulated cloud that takes none',
  run: async (tell) => {
    await using server = await startServer()
    await createInstantCloud(server.databaseUrl)
    const office = await openOffice(server.url)
    await office.platform({ driver: 'sim', endpoint: 'sim://instant', credential: { token } })
    const planId = await office.plan({ code: 'small', imageName, approvedByRule: true, ...size, systemDiskGib: 20 })
    await using watcher = await createWatcher(office.operator)
    const { department } = office
    const provide = async (name: string): Promise<{ ms: number; requestId: string }> => {
      const systemId = await office.system(name)
      const requestId = await draft(department, systemId, { planId, name, dataVolumeGib: 1, publicAddress: true })
      const ms = await timed(async () => {
        const stands = watcher.reaches(requestId, 'testing')
        await submit(department, requestId)
        await stands
      })
      return { ms, requestId }
    }
    for (let index = 0; index < 10; index++) await provide(`warm-${index}`)
    tell('warmed up')
    const provided: number[] = []
    const returned: number[] = []
    for (let index = 0; index < alone; index++) {
      const { ms, requestId } = await provide(`alone-${index}`)
      provided.push(ms)
      returned.push(await timed(() => takeBack(department, watcher, requestId)))
    }
    tell(`${alone} one after another`)
    let crowded: number[] = []
    const crowdMs = await timed(async () => {
      crowded = await inParallel(together, async (index) => (await provide(`crowd-${index}`)).ms)
    })
    tell(`${together}, ${atOnce} at once`)
    return {
      figures: {
        requests: alone,
        provideMsP50: quantile(provided, 0.5),
        provideMsP99: quantile(provided, 0.99),
        takeBackMsP50: quantile(returned, 0.5),
        crowdProvideMsP50: quantile(crowded, 0.5),
        crowdRequestsPerSecond: together / (crowdMs / 1_000),
      },
      limits: {},
    }
  },
}
