export { type Config, ConfigError, environment, readConfig } from './config.ts'
