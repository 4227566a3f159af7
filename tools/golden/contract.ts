import { openapi, operations } from '../../packages/contract/src/index.ts'
import { readText } from '../source-files.ts'

/** The document that a server of this version answers with at `/openapi.json`. */
export const generateOpenapi = (): string => {
  // The cast: our own file, whose shape npm itself insists on.
  const { version } = JSON.parse(readText('package.json')) as { version: string }
  return `${JSON.stringify(openapi(operations, { version }), null, 2)}\n`
}
