import { expect, test } from 'vitest'
import { explainFailure } from './embedded-error.ts'

test.each([
  [
    'FATAL:  could not write lock file "postmaster.pid": No space left on device',
    'postgres-disk-full',
    'Free some space',
  ],
  // As initdb says it on a disk that fills up halfway.
  [
    'FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes\nHINT:  Check free disk space.',
    'postgres-disk-full',
    'Free some space',
  ],
  ['initdb: error: could not open file "password" for reading: Permission denied', 'postgres-folder-denied', '/data'],
  ['FATAL:  configuration file contains errors', 'postgres-did-not-start', 'configuration file contains errors'],
  ['', 'postgres-did-not-start', '(nothing)'],
])('%s is told as %s', (words, code, told) => {
  const fault = explainFailure('PostgreSQL ended while starting', words, '/data')
  expect(fault.code).toBe(code)
  expect(fault.message).toContain(told)
})
