export { type Config, readConfig } from './config.ts'
export { run } from './run.ts'
export { createStandardTerminal } from './standard-terminal.ts'
export type { Terminal } from './terminal.ts'
