export { type Config, readConfig } from './config.ts'
export { ConfigError, environment } from './environment.ts'
