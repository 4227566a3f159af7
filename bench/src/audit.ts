import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { programAct } from '../../packages/server/src/kernel/act.ts'
import { systemClock } from '../../packages/server/src/kernel/clock.ts'
import { createIdentifierSource } from '../../packages/server/src/kernel/identifier.ts'
import { createTrail } from '../../packages/server/src/modules/audit/index.ts'
import { createRecord } from '../../packages/server/src/platform/acts/record.ts'
import { createDatabase } from '../../packages/server/src/platform/database/index.ts'
import { migrate } from '../../packages/server/src/platform/migrations/migrator.ts'
import { startEmbeddedPostgres } from '../../packages/server/src/platform/postgres/embedded.ts'
import { createMac, createSecrets } from '../../packages/server/src/platform/secrets/index.ts'
import type { Bench } from './bench.ts'
import { processorMsOf } from './processor.ts'
import { timed } from './statistics.ts'

const migrationFolder = fileURLToPath(new URL('../../packages/server/migrations', import.meta.url))

const acts = 20_000
const atOnce = 16
/** Of a long trail, many to an act: what is measured is how it is verified. */
const trailLength = 200_000
const perAct = 200

const before = {
  state: 'draft',
  name: '省政务服务平台应用服务器',
  lines: [{ planId: 'pln_01ja8kz5v0e8y9m2n4p6q8r0st', quantity: 2 }],
}

const openTrail = async (stack: AsyncDisposableStack) => {
  const folder = await mkdtemp(join(tmpdir(), 'yiduo-bench-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const { url } = stack.use(await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres'), log: () => undefined }))
  await migrate(url, migrationFolder)
  const database = stack.use(createDatabase({ url, connections: 20, log: pino({ level: 'silent' }) }))
  const ring = { current: 'k1', keys: { k1: randomBytes(32) } }
  const [clock, mac, secrets] = [systemClock, createMac(ring, 'audit'), createSecrets(ring)]
  const newId = createIdentifierSource(clock)
  const record = createRecord({ clock, newId, mac })
  const trail = createTrail({ database, clock, mac, secrets, installation: 'yd-bench0-' })
  /** Acts of so many entries each, several at once. */
  const write = async (count: number, each: number): Promise<void> => {
    let left = count
    const writer = async () => {
      while (left-- > 0)
        await database.transaction(
          programAct('bench', 'request.submit', randomBytes(16).toString('hex')),
          async (tx) => {
            for (let entry = 0; entry < each; entry++)
              await record(tx, {
                on: newId(),
                organisationId: newId(),
                before,
                after: { ...before, state: 'submitted' },
              })
          },
        )
    }
    await Promise.all(Array.from({ length: atOnce }, writer))
  }
  return { trail, write, processorMs: () => processorMsOf([process.pid], url) }
}

export const auditBench: Bench = {
  name: 'audit',
  says: 'entries of the audit trail written, sealed and verified, on a PostgreSQL with all its safety',
  run: async (tell) => {
    await using stack = new AsyncDisposableStack()
    const { trail, write, processorMs } = await openTrail(stack)
    await write(100, 1)
    await trail.seal()
    tell(`${acts} acts of one entry, ${atOnce} at once, beside the sealer`)
    const writtenAndSealedMs = await timed(async () => {
      let isWritten = false
      const written = write(acts, 1).then(() => {
        isWritten = true
      })
      while (!isWritten) {
        await trail.seal()
        await Promise.race([written, new Promise((resolve) => setTimeout(resolve, 1_000))])
      }
      await written
      await trail.seal()
    })
    tell(`${trailLength} entries more, and all of them verified`)
    await write(trailLength / perAct, perAct)
    const sealMs = await timed(() => trail.seal())
    let verified = 0
    const usedBefore = await processorMs()
    const verifyMs = await timed(async () => {
      const { entries, problem } = await trail.verify()
      if (problem) throw new Error(`the trail is broken: ${JSON.stringify(problem)}`)
      verified = entries
    })
    const verifyProcessorMs = (await processorMs()) - usedBefore
    return {
      figures: {
        writtenAndSealedPerSecond: (acts / writtenAndSealedMs) * 1_000,
        writtenAndSealedUs: (writtenAndSealedMs / acts) * 1_000,
        sealedUs: (sealMs / trailLength) * 1_000,
        verifiedPerSecond: (verified / verifyMs) * 1_000,
        verifiedUs: (verifyMs / verified) * 1_000,
        // Of our process and PostgreSQL's together, whatever else the machine does meanwhile.
        verifiedProcessorUs: (verifyProcessorMs / verified) * 1_000,
      },
      // 2,000 a second and 50,000 a second.
      limits: { writtenAndSealedUs: 500, verifiedUs: 20 },
    }
  },
}
