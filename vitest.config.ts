import { defineConfig } from 'vitest/config'

/** `npm test` runs the project `unit`; `npm run test:clouds` runs `clouds`, which needs real clouds. */
export default defineConfig({
  test: {
    // Each test file in a process of its own: what a test leaves in module state harms no other file.
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
          include: ['packages/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'packages/server/tests/clouds/**'],
          globalSetup: ['packages/server/tests/world/global-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'clouds',
          include: ['packages/server/tests/clouds/**/*.test.ts'],
          globalSetup: ['packages/server/tests/world/global-setup.ts'],
          // Real clouds build, resize and delete in their own time.
          testTimeout: 900_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
})
