import { printFaults, printPermissions, printRoutes } from '../packages/contract/src/index.ts'
import { generateOpenapi } from './golden/contract.ts'
import { generateSchema } from './golden/schema.ts'
import { generateSql } from './golden/sql.ts'

/** Generated, committed, compared in CI. */
export interface Golden {
  /** The file it is, or the folder that holds nothing else. */
  readonly target: string
  /** Paths from the checkout's root, and the text of each. */
  readonly generate: () => Promise<ReadonlyMap<string, string>>
}

/** One file. */
export const goldenFile = (target: string, generate: () => string | Promise<string>): Golden => ({
  target,
  generate: async () => new Map([[target, await generate()]]),
})

export const goldens: readonly Golden[] = [
  goldenFile('golden/openapi.json', generateOpenapi),
  goldenFile('golden/faults.md', printFaults),
  goldenFile('golden/routes.txt', printRoutes),
  goldenFile('golden/permissions.txt', printPermissions),
  { target: 'golden/sql', generate: generateSql },
  goldenFile('packages/server/schema.sql', generateSchema),
]
