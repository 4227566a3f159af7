import { spawnSync } from 'node:child_process'
import { root } from './source-files.ts'

interface Report {
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>>
  readonly message?: string
}

/**
 * `npm run advisories`: fails where a package in use has a known vulnerability that is high or critical. The advisories
 * are the registry's: a mirror may have none, and then this says so and proves nothing.
 */
const { stdout, error } = spawnSync('npm', ['audit', '--json', '--package-lock-only'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 100_000_000,
  timeout: 120_000,
})
const parse = (): Report => {
  try {
    return JSON.parse(stdout) as Report // npm's own; what is missing in it is looked for below
  } catch {
    return { message: error?.message ?? 'no answer' }
  }
}
const { vulnerabilities, message } = parse()
if (!vulnerabilities) console.log(`No source of advisories is reachable, so nothing was compared: ${message ?? ''}`)
else {
  const found = Object.entries(vulnerabilities).filter(([, { severity }]) => ['high', 'critical'].includes(severity))
  for (const [name, { severity, range }] of found) console.error(`${severity}: ${name} ${range}`)
  console.log(
    `${Object.keys(vulnerabilities).length} packages with known vulnerabilities, ${found.length} of them high`,
  )
  if (found.length > 0) process.exitCode = 1
}
