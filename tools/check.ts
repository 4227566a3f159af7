import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { ambientCheck } from './check-ambient.ts'
import { docPathsCheck } from './check-doc-paths.ts'
import { licencesCheck } from './check-licences.ts'
import { modulesCheck } from './check-modules.ts'
import { sizesCheck } from './check-sizes.ts'
import { commandCheck } from './command-check.ts'
import { goldenCheck } from './golden-check.ts'

/** One rule over the whole checkout. An empty answer is a pass. */
export interface Check {
  readonly name: string
  /** What to do about a complaint. */
  readonly remedy: string
  run(): Promise<readonly string[]>
}

const checks: readonly Check[] = [
  commandCheck('types', 'tsc', ['-b', '--pretty', 'false'], 'Mend the types; `any` and bare casts are no mending.'),
  commandCheck(
    'biome',
    'biome',
    ['check', '--error-on-warnings', '--max-diagnostics=200'],
    'npm run format mends most; the rest by hand.',
  ),
  commandCheck(
    'imports',
    'depcruise',
    ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'packages', 'tools'],
    'Each rule in .dependency-cruiser.cjs says why it stands. Move the code to where it may import what it needs.',
  ),
  commandCheck('unused', 'knip', ['--no-progress'], 'Remove what nothing uses: files, exports, dependencies.'),
  modulesCheck,
  sizesCheck,
  ambientCheck,
  docPathsCheck,
  licencesCheck,
  goldenCheck,
]

interface Report {
  readonly check: Check
  readonly complaints: readonly string[]
}

const report = async (check: Check): Promise<Report> => {
  const begin = performance.now()
  const complaints = await check.run()
  const seconds = ((performance.now() - begin) / 1_000).toFixed(1)
  console.log(`${complaints.length === 0 ? '✓' : '✗'} ${check.name} (${seconds} s)`)
  return { check, complaints }
}

/** As many at once as there are cores; all of them, whatever fails. */
const reportAll = async (due: readonly Check[]): Promise<Report[]> => {
  const waiting = [...due]
  const reports: Report[] = []
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) reports.push(await report(next))
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  return reports
}

const { positionals } = parseArgs({ allowPositionals: true })
const due = checks.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
const failed = (await reportAll(due)).filter(({ complaints }) => complaints.length > 0)
for (const { check, complaints } of failed)
  console.error(`\n── ${check.name} ──\n${complaints.join('\n')}\n→ ${check.remedy}`)
console.log(`\n${due.length - failed.length} of ${due.length} checks passed`)
if (failed.length > 0 || due.length === 0) process.exitCode = 1
