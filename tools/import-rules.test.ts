import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { root } from './source-files.ts'

const server = 'packages/server/src'

/** A checkout with nothing in it but the named files and what each imports. */
const createCheckout = (files: Record<string, readonly string[]>) => {
  const path = mkdtempSync(join(tmpdir(), 'yiduo-imports-'))
  for (const name of ['.dependency-cruiser.cjs', 'tsconfig.base.json', 'package.json'])
    cpSync(join(root, name), join(path, name))
  symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'))
  for (const [file, imports] of Object.entries(files)) {
    mkdirSync(dirname(join(path, file)), { recursive: true })
    writeFileSync(join(path, file), imports.map((name) => `import '${name}'\n`).join(''))
  }
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) }
}

/** `rule: file` for each violation. */
const violationsIn = async (files: Record<string, readonly string[]>): Promise<string[]> => {
  using checkout = createCheckout(files)
  const depcruise = join(root, 'node_modules/.bin/depcruise')
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'packages']
  // It exits with the number of violations.
  const { stdout } = await promisify(execFile)(depcruise, args, { cwd: checkout.path }).catch((fault) => fault)
  const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string }; from: string }[] } }
  return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`).sort()
}

test('each breach is found, and named with the file that commits it', async () => {
  const files = {
    [`${server}/kernel/fault.ts`]: ['../platform/store/store.ts'],
    [`${server}/platform/store/store.ts`]: ['../../modules/quota/index.ts'],
    [`${server}/modules/quota/index.ts`]: ['./service.ts'],
    [`${server}/modules/quota/service.ts`]: ['sql-template-tag', 'pg'],
    [`${server}/modules/requests/service.ts`]: ['../quota/service.ts', '../../compose.ts'],
    [`${server}/compose.ts`]: ['./modules/quota/service.ts'],
    'packages/contract/src/volume.ts': ['node:fs', '../../engines/src/index.ts'],
    'packages/engines/src/index.ts': ['../../driver-api/src/index.ts'],
    'packages/driver-api/src/index.ts': ['../../drivers/src/sim/driver.ts'],
    'packages/drivers/src/sim/driver.ts': ['../openstack/driver.ts', '../../../server/src/compose.ts'],
    'packages/drivers/src/openstack/driver.ts': ['./nowhere.ts'],
    'packages/cli/src/main.ts': ['../../server/src/compose.ts', './main.test.ts'],
    'packages/cli/src/main.test.ts': [],
  }
  const rules = (await violationsIn(files)).filter((line) => !line.startsWith('no-circle'))
  expect(rules).toEqual([
    'cli-over-the-wire: packages/cli/src/main.ts',
    'contract-alone: packages/contract/src/volume.ts',
    `database-in-platform: ${server}/modules/quota/service.ts`,
    'driver-api-without-clouds: packages/driver-api/src/index.ts',
    'drivers-apart: packages/drivers/src/sim/driver.ts',
    'drivers-without-server: packages/drivers/src/sim/driver.ts',
    'engines-on-contract-only: packages/engines/src/index.ts',
    `kernel-stands-alone: ${server}/kernel/fault.ts`,
    `module-by-its-index-among-modules: ${server}/modules/requests/service.ts`,
    `module-by-its-index: ${server}/compose.ts`,
    `modules-below-compose: ${server}/modules/requests/service.ts`,
    'no-io-in-contract-and-engines: packages/contract/src/volume.ts',
    'package-by-its-index: packages/cli/src/main.ts',
    'package-by-its-index: packages/driver-api/src/index.ts',
    'package-by-its-index: packages/drivers/src/sim/driver.ts',
    `platform-below-modules: ${server}/platform/store/store.ts`,
    `sql-in-stores: ${server}/modules/quota/service.ts`,
    'tests-stay-outside: packages/cli/src/main.ts',
    'unresolvable: packages/drivers/src/openstack/driver.ts',
  ])
})

test('two files that need each other are found', async () => {
  const files = { [`${server}/kernel/a.ts`]: ['./b.ts'], [`${server}/kernel/b.ts`]: ['./a.ts'] }
  expect(await violationsIn(files)).toContain(`no-circle: ${server}/kernel/a.ts`)
})

test('what the architecture allows is no breach', async () => {
  const files = {
    [`${server}/kernel/fault.ts`]: [],
    [`${server}/platform/database/pool.ts`]: ['pg', 'sql-template-tag', '../../kernel/fault.ts'],
    [`${server}/modules/quota/index.ts`]: ['./store.ts'],
    [`${server}/modules/quota/store.ts`]: ['sql-template-tag', '../../platform/database/pool.ts'],
    [`${server}/modules/requests/sagas/open.ts`]: ['../service.ts', '../../quota/index.ts'],
    [`${server}/modules/requests/service.ts`]: ['../../kernel/fault.ts'],
    [`${server}/modules/requests/index.ts`]: ['./sagas/open.ts'],
    [`${server}/modules/requests/service.test.ts`]: ['../quota/store.ts', '../../compose.ts'],
    [`${server}/compose.ts`]: ['./modules/requests/index.ts', './modules/quota/index.ts', 'pino'],
    'packages/engines/src/index.ts': ['../../contract/src/index.ts'],
    'packages/contract/src/index.ts': ['typebox'],
  }
  expect(await violationsIn(files)).toEqual([])
})
