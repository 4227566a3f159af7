import { defineConfig } from 'vitest/config'

const server = 'packages/server/tests'

/**
 * `npm test` runs the project `unit`, within five minutes, and `console`, in a browser; `npm run test:endurance` what starts, kills and upgrades
 * processes and takes longer; `npm run test:clouds` runs `clouds`, which needs real clouds.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 70_000,
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // Files share two processes: a module is read once in each, not once for each of 140 files, which took as long
          // as a third of the tests. The product keeps no state in modules, so nothing is left to the next file.
          isolate: false,
          include: ['packages/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: [
            '**/node_modules/**',
            'packages/console/tests/**',
            `${server}/clouds/**`,
            `${server}/recovery/**`,
            `${server}/endurance/**`,
          ],
          globalSetup: [`${server}/world/global-setup.ts`],
        },
      },
      {
        extends: true,
        test: {
          name: 'endurance',
          include: [`${server}/recovery/**/*.test.ts`, `${server}/endurance/**/*.test.ts`],
          globalSetup: [`${server}/world/global-setup.ts`],
          testTimeout: 600_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'console',
          include: ['packages/console/tests/**/*.test.ts'],
          globalSetup: ['packages/console/tests/world/global-setup.ts'],
          testTimeout: 600_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'clouds',
          include: [`${server}/clouds/**/*.test.ts`],
          globalSetup: [`${server}/world/global-setup.ts`],
          // Real clouds build, resize and delete in their own time.
          testTimeout: 900_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
})
