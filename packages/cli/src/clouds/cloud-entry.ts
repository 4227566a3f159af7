import { usageError } from '../command-error.ts'

/** A cloud of clouds.yaml, or the same from `OS_…` variables; names are os-client-config's. */
export type CloudEntry = Readonly<Record<string, unknown>>

/** What `platform.add` needs of it. */
export interface CloudConnection {
  readonly endpoint: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly credential: Readonly<Record<string, unknown>>
}

const text = (entry: CloudEntry, key: string): string | undefined => {
  const value = entry[key]
  // YAML reads an unquoted `password: 123456` as a number.
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

const authOf = (entry: CloudEntry): CloudEntry => {
  const { auth } = entry
  return typeof auth === 'object' && auth !== null && !Array.isArray(auth) ? { ...auth } : {}
}

const isTrue = (value: unknown): boolean => value === true || /^(true|yes|1)$/i.test(String(value))
const isFalse = (value: unknown): boolean => value === false || /^(false|no|0)$/i.test(String(value))

/** `publicURL` is the old way to write `public`. */
const interfaceOf = (entry: CloudEntry): string | undefined =>
  (text(entry, 'interface') ?? text(entry, 'endpoint_type'))?.replace(/URL$/, '')

const defined = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

const certificateOf = (entry: CloudEntry, readFile: (path: string) => string): string | undefined => {
  const path = text(entry, 'cacert')
  // The server cannot read files of this machine: the certificate itself is sent.
  return path === undefined ? undefined : readFile(path)
}

const projectOf = (auth: CloudEntry, name: string): Record<string, unknown> => {
  const both = text(auth, 'domain_name')
  const project = text(auth, 'project_name') ?? text(auth, 'tenant_name')
  if (project === undefined && (auth.project_id ?? auth.tenant_id) !== undefined)
    throw usageError('cloud-project-by-id', { cloud: name })
  return {
    projectName: project,
    userDomainName: text(auth, 'user_domain_name') ?? both,
    projectDomainName: text(auth, 'project_domain_name') ?? both,
  }
}

/** @throws CommandError where the entry holds no endpoint or no credential that can be used. */
export const connectionOf = (name: string, entry: CloudEntry, readFile: (path: string) => string): CloudConnection => {
  const auth = authOf(entry)
  const endpoint = text(auth, 'auth_url')
  if (endpoint === undefined) throw usageError('cloud-incomplete', { cloud: name, missing: 'auth_url' })
  const common = {
    region: text(entry, 'region_name'),
    interface: interfaceOf(entry),
    insecure: isFalse(entry.verify) || isTrue(entry.insecure) ? true : undefined,
    caCertificate: certificateOf(entry, readFile),
  }
  const id = text(auth, 'application_credential_id')
  const secret = text(auth, 'application_credential_secret')
  if (id !== undefined && secret !== undefined)
    return {
      endpoint,
      settings: defined(common),
      credential: { applicationCredentialId: id, applicationCredentialSecret: secret },
    }
  const username = text(auth, 'username')
  const password = text(auth, 'password')
  if (username === undefined || password === undefined)
    throw usageError('cloud-incomplete', { cloud: name, missing: username === undefined ? 'username' : 'password' })
  return { endpoint, settings: defined({ ...common, ...projectOf(auth, name) }), credential: { username, password } }
}
