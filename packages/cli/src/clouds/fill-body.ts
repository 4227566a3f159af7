import { usageError } from '../command-error.ts'
import type { Command } from '../commands/command.ts'
import type { Config } from '../config.ts'
import type { CommandLine } from '../flags/command-line.ts'
import type { ReadFile, Values } from '../flags/read-fields.ts'
import { type CloudConnection, connectionOf } from './cloud-entry.ts'
import { readCloud } from './clouds-yaml.ts'
import { entryOfEnvironment } from './environment.ts'

const connectionFor = ({ options }: CommandLine, config: Config, readFile: ReadFile): CloudConnection | null => {
  const fromEnvironment = options.has('from-environment')
  const cloud = options.get('cloud') ?? (fromEnvironment ? config.openstack.OS_CLOUD : undefined)
  if (cloud !== undefined) {
    const path = options.get('clouds-yaml')
    return connectionOf(cloud, readCloud(cloud, { paths: path ? [path] : config.cloudsYamlPaths, readFile }), readFile)
  }
  if (options.has('clouds-yaml')) throw usageError('flag-needs', { flag: 'clouds-yaml', other: 'cloud' })
  return fromEnvironment ? connectionOf('OS_*', entryOfEnvironment(config.openstack), readFile) : null
}

const over = (base: Values, flags: unknown): Values => ({ ...base, ...(typeof flags === 'object' ? flags : {}) })

/** The body with what an OpenStack cloud's own configuration says; flags win over it. */
export const withCloud = (command: Command, line: CommandLine, config: Config, readFile: ReadFile): Values => {
  const connection = connectionFor(line, config, readFile)
  if (!connection) return line.body
  const { endpoint, settings, credential } = connection
  return {
    ...(command.body.some(({ property }) => property === 'driver') ? { driver: 'openstack' } : {}),
    endpoint,
    ...line.body,
    settings: over(settings, line.body.settings),
    credential: over(credential, line.body.credential),
  }
}
