import { expect, test } from 'vitest'
import { isAllowed, licenceComplaints } from './check-licences.ts'

test.each(['MIT', '(MIT OR GPL-3.0-only)', 'MIT AND ISC', 'Apache-2.0'])('%s may be used', (expression) => {
  expect(isAllowed(expression)).toBe(true)
})

test.each([
  'GPL-3.0-only',
  'AGPL-3.0',
  'MIT AND GPL-2.0-only',
  'SSPL-1.0 OR BUSL-1.1',
  'SEE LICENSE IN x',
  'constructor',
  '',
])('“%s” may not', (expression) => {
  expect(isAllowed(expression)).toBe(false)
})

test('a package without a licence is named, ours are not', () => {
  const packages = {
    '': {},
    'packages/server': { license: 'Apache-2.0' },
    'node_modules/@yiduo/server': { link: true },
    'node_modules/good': { license: 'MIT' },
    'node_modules/silent': {},
    'node_modules/bad': { license: 'GPL-3.0-only' },
  }
  expect(licenceComplaints(packages)).toEqual([
    'node_modules/silent: no licence said',
    'node_modules/bad: GPL-3.0-only',
  ])
})
