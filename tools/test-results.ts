import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { root } from './source-files.ts'

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
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message?: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages?: readonly string[]
    }[]
  }[]
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

/** What failed and the first line of why, for whoever sees the end of a long run only. */
export const failuresOf = (path: string): readonly string[] => {
  if (!existsSync(path)) return [`${path}: the run left no results`]
  const { testResults } = JSON.parse(readFileSync(path, 'utf8')) as Results
  return testResults.flatMap((file) => {
    const name = relative(root, file.name)
    const failed = file.assertionResults.filter((it) => it.status === 'failed')
    if (failed.length === 0) return file.status === 'failed' ? [`${name}: ${firstLine(file.message)}`] : []
    return failed.map((it) => `${name}: ${it.fullName}: ${firstLine(it.failureMessages?.[0])}`)
  })
}

const firstLine = (words = ''): string => words.split('\n')[0] ?? ''
