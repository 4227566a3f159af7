import ts from 'typescript'
import { expect, test } from 'vitest'
import { ambientComplaints } from './check-ambient.ts'

const complaintsOf = (path: string, text: string) =>
  ambientComplaints(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true))

const service = 'packages/server/src/modules/requests/service.ts'

test.each(['Date.now()', 'new Date()', 'new Date', 'Date()'])(
  'a service that reads the time by %s is named with its line',
  (text) => {
    expect(complaintsOf(service, `\nconst at = ${text}`)).toEqual([
      expect.stringContaining(`${service}:2: reads the time`),
    ])
  },
)

test.each(['new Date(row.at)', 'Date.parse(text)', 'clock.now()', 'Date.UTC(2027, 0)'])('%s reads no clock', (text) => {
  expect(complaintsOf(service, `const at = ${text}`)).toEqual([])
})

test.each([
  'packages/server/src/kernel/clock.ts',
  'packages/cli/src/main.ts',
  'packages/server/tests/world/database.ts',
  'packages/server/src/modules/requests/service.test.ts',
])('%s may read the time', (path) => {
  expect(complaintsOf(path, 'const at = Date.now()')).toEqual([])
})

test('only the configuration reads the environment', () => {
  const text = 'const port = process.env.PORT'
  expect(complaintsOf('packages/server/src/config/config.ts', text)).toEqual([])
  expect(complaintsOf('packages/cli/src/config.ts', text)).toEqual([])
  expect(complaintsOf('packages/cli/src/main.ts', text)).toHaveLength(1)
  expect(complaintsOf(service, text)).toHaveLength(1)
})

test('an engine draws no lots', () => {
  expect(complaintsOf('packages/engines/src/placement/place.ts', 'const a = Math.random()')).toHaveLength(1)
  expect(complaintsOf(service, 'const a = Math.random()')).toEqual([])
})
