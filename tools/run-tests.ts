import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './source-files.ts'
import { countResults } from './test-results.ts'

const leftOut = {
  unit: [
    'processes that are killed, upgraded and restored: npm run test:endurance',
    'real clouds: npm run test:clouds, with the variables of a cloud set',
  ],
  endurance: ['everything that needs no process to be killed: npm test'],
  console: [],
  clouds: ['everything that needs no real cloud: npm test'],
} as const

/** `run-tests.ts unit|console|endurance|clouds [vitest arguments]` */
const [project = 'unit', ...args] = process.argv.slice(2)
const results = join(root, '.cache', `results-${project}.json`)
rmSync(results, { force: true })
const vitest = join(root, 'node_modules', '.bin', 'vitest')
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`]
const child = spawn(vitest, ['run', '--project', project, ...reporters, ...args], { cwd: root, stdio: 'inherit' })
// Ctrl-C reaches vitest by itself; it ends its database, and we wait for that.
process.on('SIGINT', () => undefined)
const code = await new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? 1)))

const { passed, failed, skipped } = countResults(results)
const demand = { clouds: 'YIDUO_CLOUDS_REQUIRED', console: 'YIDUO_BROWSER_REQUIRED' }[project]
const isHollow = demand !== undefined && process.env[demand] === '1' && (skipped > 0 || passed === 0)
if (isHollow) console.error(`✗ ${demand}=1 forbids skipping: ${skipped} skipped, ${passed} passed`)
for (const [name, parts] of Object.entries(leftOut))
  if (name === project) for (const what of parts) console.log(`NOT TESTED HERE: ${what}`)
if (skipped > 0 && project === 'console')
  console.log(
    `NOT TESTED HERE: THE CONSOLE, ${skipped} tests: install Chromium (apt-get install chromium), or name one by YIDUO_BROWSER`,
  )
else if (skipped > 0 && project === 'unit')
  console.log(
    `NOT TESTED HERE: ${skipped} skipped, DIRECTORIES among them where there is no slapd (apt-get install slapd)`,
  )
else if (skipped > 0) console.log(`NOT TESTED HERE: ${skipped} skipped`)
process.exitCode = code !== 0 || failed > 0 || isHollow ? 1 : 0
