import type { CloudEntry } from './cloud-entry.ts'

/** Variables that belong to the cloud itself; every other one is about who logs in to it. */
const ofCloud: ReadonlySet<string> = new Set([
  'region_name',
  'interface',
  'endpoint_type',
  'cacert',
  'insecure',
  'verify',
])

/** `OS_USERNAME=admin` and its like as an entry of clouds.yaml would say it. */
export const entryOfEnvironment = (variables: Readonly<Record<string, string>>): CloudEntry => {
  const named = Object.entries(variables).map(
    ([name, value]) => [name.replace(/^OS_/, '').toLowerCase(), value] as const,
  )
  return {
    ...Object.fromEntries(named.filter(([name]) => ofCloud.has(name))),
    auth: Object.fromEntries(named.filter(([name]) => !ofCloud.has(name))),
  }
}
