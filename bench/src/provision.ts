import { randomBytes } from 'node:crypto'
import { requestApprove } from '../../packages/contract/src/index.ts'
import type { Bench } from './bench.ts'
import { createWatcher, draft, submit, takeBack, type Watcher } from './journey.ts'
import { type Office, openOffice } from './office.ts'
import { startPlainScript } from './plain-script.ts'
import { startServer } from './server.ts'
import { median, timed } from './statistics.ts'

const rounds = 7
const size = { vcpus: 1, memoryMib: 512 }
const imageName = 'tiny-linux'
const volumeGib = 1

/** The administrator of the OpenStack that the variables of its own CLI name. */
const cloudOf = ({ OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME, OS_REGION_NAME }: NodeJS.ProcessEnv) => {
  if (!OS_AUTH_URL || !OS_USERNAME || !OS_PASSWORD || !OS_PROJECT_NAME || !OS_REGION_NAME)
    throw new Error(
      'provision needs a real OpenStack: set OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME, OS_REGION_NAME',
    )
  return {
    driver: 'openstack',
    endpoint: OS_AUTH_URL,
    settings: { region: OS_REGION_NAME, projectName: OS_PROJECT_NAME },
    credential: { username: OS_USERNAME, password: OS_PASSWORD },
  }
}

interface Way {
  readonly office: Office
  readonly watcher: Watcher
  readonly planId: string
}

/** From the press on “approve” (or “send”, where a rule approves) until everything stands; then takes it back. */
const provisionOnce = async ({ office, watcher, planId }: Way, name: string, from: 'approval' | 'sending') => {
  const { department, operator } = office
  const systemId = await office.system(name)
  const line = { planId, name, dataVolumeGib: volumeGib, publicAddress: true }
  const requestId = await draft(department, systemId, line)
  const stands = watcher.reaches(requestId, 'testing')
  if (from === 'approval') await submit(department, requestId)
  const ms = await timed(async () => {
    if (from === 'sending') await submit(department, requestId)
    else await operator.call(requestApprove, { params: { requestId }, body: {} })
    await stands
  })
  await takeBack(department, watcher, requestId)
  return ms
}

export const provision: Bench = {
  name: 'provision',
  says: 'approval (or sending) to running server with volume and address on OpenStack, against a plain script',
  run: async (tell) => {
    const cloud = cloudOf(process.env)
    await using server = await startServer()
    const office = await openOffice(server.url)
    await office.platform(cloud)
    const plan = (code: string, approvedByRule: boolean) =>
      office.plan({ code, imageName, approvedByRule, ...size, systemDiskGib: 1 })
    const [asked, ruled] = [await plan('asked', false), await plan('ruled', true)]
    await using watcher = await createWatcher(office.operator)
    await using script = await startPlainScript()
    const tag = `yb${randomBytes(3).toString('hex')}`
    const runs = {
      script: (name: string) => script.make({ name, ...size, volumeGib, imageName }),
      approval: (name: string) => provisionOnce({ office, watcher, planId: asked }, name, 'approval'),
      sending: (name: string) => provisionOnce({ office, watcher, planId: ruled }, name, 'sending'),
    }
    const taken: Record<keyof typeof runs, number[]> = { script: [], approval: [], sending: [] }
    // Everybody's first time fills caches, ours and the cloud's: not counted. The order turns with each round.
    const kinds = ['script', 'approval', 'sending'] as const
    for (let round = 0; round <= rounds; round++) {
      for (const turn of kinds.keys()) {
        const kind = kinds[(round + turn) % kinds.length] ?? 'script'
        const ms = await runs[kind](`${tag}-${round}-${kind}`)
        if (round > 0) taken[kind].push(ms)
      }
      const last = kinds.map((kind) => `${kind} ${((taken[kind].at(-1) ?? Number.NaN) / 1_000).toFixed(2)} s`)
      tell(round === 0 ? 'warmed up' : `round ${round}: ${last.join(', ')}`)
    }
    const over = (kind: 'approval' | 'sending') =>
      median(taken[kind].map((ms, round) => ms / (taken.script[round] ?? Number.NaN)))
    return {
      figures: {
        pairs: rounds,
        scriptMs: median(taken.script),
        approvalMs: median(taken.approval),
        sendingMs: median(taken.sending),
        approvalOverScript: over('approval'),
        sendingOverScript: over('sending'),
      },
      limits: { approvalOverScript: 1.15, sendingOverScript: 1.25 },
    }
  },
}
