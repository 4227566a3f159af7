import { join } from 'node:path'
import { root } from './source-files.ts'
import { countResults, failuresOf } from './test-results.ts'

const shownMost = 30

/** `sum-results.ts check=0 unit=0 clouds=1`: exit codes of the runs; the counts come from what vitest wrote. */
const runs = process.argv.slice(2).map((word) => {
  const [name = '', code] = word.split('=')
  const isFailed = code !== '0'
  if (isFailed) console.log(`✗ ${name}`)
  if (name === 'check') return { passed: isFailed ? 0 : 1, failed: isFailed ? 1 : 0 }
  const results = join(root, '.cache', `results-${name}.json`)
  const { passed, failed } = countResults(results)
  for (const failure of isFailed ? failuresOf(results).slice(0, shownMost) : []) console.log(`  ${failure}`)
  // A run may fail without a failing test: a file that does not load, an unhandled error, forbidden skipping.
  return { passed, failed: isFailed ? Math.max(1, failed) : failed }
})
const passed = runs.reduce((sum, run) => sum + run.passed, 0)
const failed = runs.reduce((sum, run) => sum + run.failed, 0)
console.log(`${passed} passed, ${failed} failed`)
if (failed > 0 || passed === 0) process.exitCode = 1
