/** The import rules of docs/architecture.md. Paths are told from the checkout's root. */
const server = 'packages/server/src'
// Where statements are run; the simulated cloud keeps its state in PostgreSQL and has a door of its own to it.
const databaseAccess = `^${server}/platform/|^packages/drivers/src/sim/database\\.ts$`
const tests = '(\\.test\\.tsx?$|/tests/|/testing/)'
// What one package says to another goes through its index.ts, which package.json `exports`.
const packages = '^packages/(contract|engines|driver-api|drivers|server|cli|console)/'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Files that need each other are one file, or lack a third one that both need.',
      severity: 'error',
      from: { pathNot: tests },
      // A type alone is erased: two files may speak of each other without needing each other.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'unresolvable',
      comment: 'An import that leads nowhere fails when it runs.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'kernel-stands-alone',
      comment: 'kernel ← platform ← modules ← compose: the kernel knows none of the others.',
      severity: 'error',
      from: { path: `^${server}/kernel/`, pathNot: tests },
      to: { path: `^${server}/`, pathNot: `^${server}/kernel/` },
    },
    {
      name: 'platform-below-modules',
      comment: 'kernel ← platform ← modules ← compose: the platform serves every module and knows none.',
      severity: 'error',
      from: { path: `^${server}/platform/`, pathNot: tests },
      to: { path: `^${server}/`, pathNot: `^${server}/(kernel|platform)/` },
    },
    {
      name: 'modules-below-compose',
      comment: 'kernel ← platform ← modules ← compose: what a module needs is passed in by compose.ts.',
      severity: 'error',
      from: { path: `^${server}/modules/`, pathNot: tests },
      to: { path: `^${server}/`, pathNot: `^${server}/(kernel|platform|modules)/` },
    },
    {
      name: 'module-by-its-index',
      comment: 'A module is imported through its index.ts only; all else in it may change without asking.',
      severity: 'error',
      from: { path: `^${server}/`, pathNot: `(^${server}/modules/|${tests})` },
      to: { path: `^${server}/modules/[^/]+/`, pathNot: `^${server}/modules/[^/]+/index\\.ts$` },
    },
    {
      name: 'module-by-its-index-among-modules',
      comment:
        'A module is imported through its index.ts only, by other modules as well. (Cycles: tools/check-modules.ts.)',
      severity: 'error',
      from: { path: `^${server}/modules/([^/]+)/`, pathNot: tests },
      to: { path: `^${server}/modules/[^/]+/`, pathNot: `^${server}/modules/($1/|[^/]+/index\\.ts$)` },
    },
    {
      name: 'sql-in-stores',
      comment: 'Only store.ts files touch SQL; the platform, which runs it, and the tools may too.',
      severity: 'error',
      from: { path: '^packages/', pathNot: `(store\\.ts$|${databaseAccess}|${tests})` },
      to: { path: 'node_modules/sql-template-tag' },
    },
    {
      name: 'database-in-platform',
      comment: 'Connections belong to the platform; a store gets its Tx as the first argument.',
      severity: 'error',
      from: { path: '^packages/', pathNot: `(${databaseAccess}|${tests})` },
      to: { path: 'node_modules/(@types/)?pg/' },
    },
    {
      name: 'contract-alone',
      comment: 'The contract crosses every wire, browsers included: it imports nothing of ours and no I/O.',
      severity: 'error',
      from: { path: '^packages/contract/src/', pathNot: tests },
      to: { path: packages, pathNot: '^packages/contract/' },
    },
    {
      name: 'engines-on-contract-only',
      comment: 'Engines are pure computation over the contract’s types.',
      severity: 'error',
      from: { path: '^packages/engines/src/', pathNot: tests },
      to: { path: packages, pathNot: '^packages/(engines|contract)/' },
    },
    {
      name: 'no-io-in-contract-and-engines',
      comment: 'No I/O: they run in the browser, and the same input gives the same answer.',
      severity: 'error',
      from: { path: '^packages/(contract|engines)/src/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'driver-api-without-clouds',
      comment: 'What a driver must be is said without knowing any cloud.',
      severity: 'error',
      from: { path: '^packages/driver-api/src/', pathNot: tests },
      to: { path: packages, pathNot: '^packages/(driver-api|contract)/' },
    },
    {
      name: 'drivers-apart',
      comment: 'Drivers never import each other: each can be read, certified and dropped alone.',
      severity: 'error',
      from: { path: '^packages/drivers/src/([^/]+)/', pathNot: tests },
      to: { path: '^packages/drivers/src/[^/]+/', pathNot: '^packages/drivers/src/$1/' },
    },
    {
      name: 'drivers-without-server',
      comment: 'A driver knows the contract and the driver API; the server knows drivers by their registry.',
      severity: 'error',
      from: { path: '^packages/drivers/src/', pathNot: tests },
      to: { path: packages, pathNot: '^packages/(drivers|driver-api|contract)/' },
    },
    {
      name: 'cli-over-the-wire',
      comment: 'The CLI is a client like any other: what it can’t do over the API nobody else can.',
      severity: 'error',
      from: { path: '^packages/cli/src/', pathNot: tests },
      to: { path: packages, pathNot: '^packages/(cli|contract)/' },
    },
    {
      name: 'package-by-its-index',
      comment: 'Packages meet at their index.ts (and driver-api’s conformance suite), never at a file inside.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/', pathNot: tests },
      to: {
        path: packages,
        pathNot: '^packages/($1/|[^/]+/src/index\\.ts$|driver-api/src/conformance/index\\.ts$)',
      },
    },
    {
      name: 'tests-stay-outside',
      comment: 'What runs in production imports no test.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: tests },
      to: { path: tests },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^packages/console/dist' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  },
}
