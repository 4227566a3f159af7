import { existsSync, readFileSync } from 'node:fs'

export interface TestCounts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** The fields we read of the file that vitest's JSON reporter writes. */
interface Results {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly numFailedTestSuites: number
}

/** A file that could not even be loaded counts as one failure; so does a run that left no results. */
export const countResults = (path: string): TestCounts => {
  if (!existsSync(path)) return { passed: 0, failed: 1, skipped: 0 }
  const results = JSON.parse(readFileSync(path, 'utf8')) as Results
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests || Math.min(1, results.numFailedTestSuites),
    skipped: results.numPendingTests + results.numTodoTests,
  }
}
