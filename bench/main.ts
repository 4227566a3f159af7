import { api } from './src/api.ts'
import { auditBench } from './src/audit.ts'
import { authority } from './src/authority.ts'
import { type Bench, print } from './src/bench.ts'
import { consoleBench } from './src/console.ts'
import { flow } from './src/flow.ts'
import { line } from './src/line.ts'
import { list, listMillion } from './src/list.ts'
import { placement } from './src/placement/placement.ts'
import { placementQuality } from './src/placement/quality.ts'
import { provision } from './src/provision.ts'
import { start } from './src/start.ts'

const benches: readonly Bench[] = [
  start,
  line,
  flow,
  provision,
  list,
  listMillion,
  api,
  authority,
  auditBench,
  consoleBench,
  placementQuality,
  placement,
]

const [name, ...args] = process.argv.slice(2)
const chosen = benches.find((it) => it.name === name)
if (chosen === undefined) {
  for (const it of benches) console.log(`${it.name.padEnd(18)} ${it.says}`)
  if (name !== undefined) console.error(`there is no bench ${name}`)
  process.exitCode = name === undefined ? 0 : 1
} else {
  const isHeld = print(chosen.name, await chosen.run(console.log, args))
  process.exitCode = isHeld ? 0 : 1
}
