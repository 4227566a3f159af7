import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Locale } from '@yiduo/contract'

type Environment = Readonly<Record<string, string | undefined>>

/** All that the CLI takes from its surroundings. */
export interface Config {
  readonly locale: Locale
  /** Server to speak to, before what `yiduo login` stored. */
  readonly url: string | null
  readonly token: string | null
  /** Password for `yiduo login` where nobody can be asked. */
  readonly password: string | null
  /** Where `yiduo login` stores the server and the token. */
  readonly profilePath: string
  /** Where clouds.yaml may lie, the first one found counts. */
  readonly cloudsYamlPaths: readonly string[]
  /** OpenStack's variables, `OS_…`. */
  readonly openstack: Readonly<Record<string, string>>
}

/** POSIX order; a reader without any locale is one of ours, `C` and the rest of the world read English. */
const localeOfEnvironment = (environment: Environment): Locale => {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG
  return !locale || /^zh/i.test(locale) ? 'zh-CN' : 'en'
}

/** Order of os-client-config: the named file, here, the user's, the machine's. */
const cloudsYamlPaths = (environment: Environment, home: string): readonly string[] => {
  const named = environment.OS_CLIENT_CONFIG_FILE
  const own = environment.XDG_CONFIG_HOME || join(home, '.config')
  return [...(named ? [named] : []), 'clouds.yaml', join(own, 'openstack', 'clouds.yaml'), '/etc/openstack/clouds.yaml']
}

export const readConfig = (environment: Environment = process.env, home: string = homedir()): Config => {
  const configHome = environment.XDG_CONFIG_HOME || join(home, '.config')
  return {
    locale: localeOfEnvironment(environment),
    url: environment.YIDUO_URL || null,
    token: environment.YIDUO_TOKEN || null,
    password: environment.YIDUO_PASSWORD || null,
    profilePath: environment.YIDUO_CONFIG || join(configHome, 'yiduo', 'config.json'),
    cloudsYamlPaths: cloudsYamlPaths(environment, home),
    openstack: Object.fromEntries(
      Object.entries(environment).filter(
        (it): it is [string, string] => it[0].startsWith('OS_') && it[1] !== undefined && it[1] !== '',
      ),
    ),
  }
}
