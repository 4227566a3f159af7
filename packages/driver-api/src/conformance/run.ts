import type { Capabilities } from '../capabilities.ts'
import { isDone } from '../outcome.ts'
import type { Check } from './check.ts'
import { CheckFailure, wordsOf } from './expect.ts'
import { addressChecks } from './facets/addresses.ts'
import { coreChecks } from './facets/core.ts'
import { networkChecks } from './facets/networks.ts'
import { projectChecks } from './facets/projects.ts'
import { ruleChecks } from './facets/rules.ts'
import { serverActChecks } from './facets/server-acts.ts'
import { serverGroupChecks } from './facets/server-groups.ts'
import { serverOptionChecks } from './facets/server-options.ts'
import { serverChecks } from './facets/servers.ts'
import { snapshotChecks } from './facets/snapshots.ts'
import { traceChecks } from './facets/traces.ts'
import { usageChecks } from './facets/usage.ts'
import { volumeChecks } from './facets/volumes.ts'
import type { CheckResult, ConformanceReport } from './report.ts'
import { createScope } from './scope.ts'
import { masked, secretsOf } from './secrets.ts'
import { createRun, type Run } from './session.ts'
import type { ConformanceTarget } from './target.ts'

/** In the order of the run: later ones use what earlier ones left standing. */
export const conformanceChecks: readonly Check[] = [
  ...coreChecks,
  ...projectChecks,
  ...networkChecks,
  ...ruleChecks,
  ...volumeChecks,
  ...snapshotChecks,
  ...serverChecks,
  ...serverActChecks,
  ...serverOptionChecks,
  ...serverGroupChecks,
  ...addressChecks,
  ...usageChecks,
  ...traceChecks,
]

/** Runs every check that applies, one after another, and removes what they made. Never rejects. */
export const runConformance = async (target: ConformanceTarget): Promise<ConformanceReport> => {
  const startedAt = target.connection.now()
  const timed = createStopwatch(target)
  const identity = await identify(target)
  const results: CheckResult[] = []
  const capabilities = identity.capabilities
  if (capabilities === null) {
    for (const check of conformanceChecks) results.push(resultOf(check, 'failed', 0, identity.words))
  } else {
    const run = createRun(target, capabilities)
    for (const check of conformanceChecks.filter((it) => !traceChecks.includes(it)))
      results.push(await timed(check, () => verdictOf(check, target, capabilities, run)))
    results.push(await timed(cleaning, () => cleaningVerdict(run)))
    // What is left is looked for even after an interruption.
    for (const check of traceChecks) results.push(await timed(check, () => attempt(check, run)))
  }
  const secrets = secretsOf(target)
  const shown = results.map((it) => ({ ...it, words: masked(it.words, secrets) }))
  return {
    product: identity.product,
    version: identity.version,
    startedAt,
    durationMs: target.connection.now().getTime() - startedAt.getTime(),
    results: shown,
    certified: !shown.some(({ verdict }) => verdict === 'failed') && target.signal?.aborted !== true,
  }
}

interface Identity {
  readonly product: string
  readonly version: string
  /** Null when the cloud does not say; `words` tell why. */
  readonly capabilities: Capabilities | null
  readonly words: string
}

const identify = async ({ driver }: ConformanceTarget): Promise<Identity> => {
  const unknown = { product: 'unknown', version: '' }
  try {
    const probe = await driver.probe()
    const named = isDone(probe) ? { product: probe.value.product, version: probe.value.version } : unknown
    const capabilities = await driver.capabilities()
    if (isDone(capabilities)) return { ...named, capabilities: capabilities.value, words: '' }
    return { ...named, capabilities: null, words: `capabilities: ${wordsOf(capabilities)}` }
  } catch (error) {
    return { ...unknown, capabilities: null, words: wordsOfError(error) }
  }
}

type Judged = Pick<CheckResult, 'verdict' | 'words'>

const verdictOf = async (
  check: Check,
  target: ConformanceTarget,
  capabilities: Capabilities,
  run: Run,
): Promise<Judged> => {
  if (target.signal?.aborted) return { verdict: 'not-applicable', words: 'the run was interrupted' }
  const words = inapplicable(check, target, capabilities)
  return words === null ? attempt(check, run) : { verdict: 'not-applicable', words }
}

const inapplicable = (check: Check, target: ConformanceTarget, capabilities: Capabilities): string | null => {
  for (const name of check.needs) {
    const capability = capabilities[name]
    if (!capability.supported) return [`${name}: ${capability.reason}`, capability.words].filter(Boolean).join(', ')
  }
  const lacking = (check.asks ?? []).find((ability) => !target[ability])
  return lacking === undefined ? null : `the target does not offer: ${lacking}`
}

const attempt = async (check: Check, run: Run): Promise<Judged> => {
  const scope = createScope()
  const failures: string[] = []
  try {
    await check.run(run.worldFor(scope))
  } catch (error) {
    failures.push(wordsOfError(error))
  }
  for (const error of await scope.close()) failures.push(`cleaning up: ${wordsOfError(error)}`)
  return failures.length === 0 ? passed : { verdict: 'failed', words: failures.join('; ') }
}

/** The removal of what all checks shared is a check of its own: it is the longest chain of removals there is. */
const cleaning: Pick<Check, 'name' | 'says'> = {
  name: 'traces.all-removed',
  says: { 'zh-CN': '检测所建资源可全部删除', en: 'Everything that the suite made can be removed' },
}

const cleaningVerdict = async (run: Run): Promise<Judged> => {
  const words = (await run.close()).map(wordsOfError)
  return words.length === 0 ? passed : { verdict: 'failed', words: words.join('; ') }
}

const passed: Judged = { verdict: 'passed', words: '' }

const createStopwatch =
  ({ connection }: ConformanceTarget) =>
  async (check: Pick<Check, 'name' | 'says'>, judge: () => Promise<Judged>): Promise<CheckResult> => {
    const startedAt = connection.now().getTime()
    const { verdict, words } = await judge()
    return resultOf(check, verdict, connection.now().getTime() - startedAt, words)
  }

const resultOf = (
  { name, says }: Pick<Check, 'name' | 'says'>,
  verdict: CheckResult['verdict'],
  durationMs: number,
  words: string,
): CheckResult => ({ name, says, verdict, durationMs, words })

const wordsOfError = (error: unknown): string => (error instanceof CheckFailure ? error.message : String(error))
