import { readConfig } from './config.ts'
import { run } from './run.ts'
import { createStandardTerminal } from './standard-terminal.ts'

// `yiduo … | head` closes our output early: that is an end, not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

const code = await run(process.argv.slice(2), { config: readConfig(), terminal: createStandardTerminal() })
// An event stream or an idle connection may still be open; what was printed to a pipe must be out first.
process.stdout.write('', () => process.exit(code))
