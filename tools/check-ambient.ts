import ts from 'typescript'
import type { Check } from './check.ts'
import { listFiles, nodesOf, parseSource, placeOf } from './source-files.ts'

/** Something that the world hands to any code that reaches for it, and the few places that may. */
interface AmbientRule {
  readonly what: string
  readonly found: (node: ts.Node) => boolean
  /** The paths it binds. */
  readonly binds: RegExp
  readonly except: RegExp
  readonly instead: string
}

const reads = (object: string, property: string) => (node: ts.Node) =>
  ts.isPropertyAccessExpression(node) && node.expression.getText() === object && node.name.text === property

const asksTime = (node: ts.Node): boolean =>
  reads('Date', 'now')(node) ||
  (ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments ?? []).length === 0) ||
  (ts.isCallExpression(node) && node.expression.getText() === 'Date')

const sources = /^packages\/[^/]+\/src\//
const cli = /^packages\/cli\//

export const ambientRules: readonly AmbientRule[] = [
  {
    what: 'the time of the day',
    found: asksTime,
    binds: sources,
    except: new RegExp(`${cli.source}|^packages/server/src/kernel/clock\\.ts$|^packages/console/src/now\\.ts$`),
    instead:
      "take the kernel's clock, which tests shift; a driver takes `now` from its connection, the console from now.ts",
  },
  {
    what: 'the environment',
    found: reads('process', 'env'),
    binds: sources,
    except: /^packages\/server\/src\/config\/|^packages\/cli\/src\/config/,
    instead: 'read it in config/ and pass on what is needed',
  },
  {
    what: 'randomness or a stopwatch in pure computation',
    found: (node) => reads('Math', 'random')(node) || reads('performance', 'now')(node),
    binds: /^packages\/engines\/src\//,
    except: /(?!)/,
    instead: 'take a seed: the same input gives the same answer',
  },
]

const isTest = (path: string): boolean => /\.test\.tsx?$|\/testing\//.test(path)

export const ambientComplaints = (file: ts.SourceFile): string[] => {
  const due = ambientRules.filter(({ binds, except }) => binds.test(file.fileName) && !except.test(file.fileName))
  if (due.length === 0 || isTest(file.fileName)) return []
  return [...nodesOf(file)].flatMap((node) =>
    due.filter(({ found }) => found(node)).map(({ what, instead }) => `${placeOf(node)}: reads ${what}; ${instead}`),
  )
}

/** Time, environment and chance come from one place each, so that a test can hold them still. */
export const ambientCheck: Check = {
  name: 'ambient',
  remedy: 'Take it as a dependency instead; each line says from where.',
  run: async () => listFiles('packages/*/src/**/*.{ts,tsx}').flatMap((path) => ambientComplaints(parseSource(path))),
}
