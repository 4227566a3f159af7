import { AndFilter, type Client, type Entry, EqualityFilter, type Filter, FilterParser, ResultCodeError } from 'ldapts'
import type { Refusal } from '../../../kernel/refusal.ts'
import type { Secrets } from '../../../platform/secrets/index.ts'
import { type DirectorySettings, withDirectory } from './directory-connection.ts'
import { type Identity, identityFrom, secretContext, unreachable } from './provider.ts'
import type { ProviderRow } from './provider-store.ts'

/** Somebody of a directory; nothing of theirs is proven yet. */
export interface Listed {
  readonly dn: string
  /** Of an empty subject where the attribute is not there, or not to be read by us. */
  readonly identity: Identity
}

export interface Directory {
  /** Whom a log-in name means there; null where it means nobody, or more than one. */
  readonly find: (provider: ProviderRow, login: string) => Promise<Listed | null | Refusal>
  /** Whether the directory takes the password for theirs. */
  readonly proves: (provider: ProviderRow, listed: Listed, password: string) => Promise<boolean | Refusal>
  /** All whom it is about. */
  readonly list: (provider: ProviderRow) => Promise<readonly Identity[] | Refusal>
  readonly probe: (provider: ProviderRow) => Promise<string | Refusal>
}

const pageSize = 500
/** A directory that takes longer is as good as away: somebody sits in front of it. */
const standardPatienceMs = 10_000
const searchSeconds = 10

/** Bytes that mean no text, of Active Directory and eDirectory, as those write their names. */
const binaryAttributes = ['objectGUID', 'objectSid', 'GUID']

/**
 * Answers to a bind that mean “not with this password, or not this person” (RFC 4511 §A.2): constraintViolation is how
 * password policies answer for an account that is locked.
 */
const refusals = new Set([
  19, // constraintViolation
  32, // noSuchObject
  48, // inappropriateAuthentication
  49, // invalidCredentials
  50, // insufficientAccessRights
  53, // unwillingToPerform
])

const settingsOf = ({ settings, code }: ProviderRow): DirectorySettings => {
  if (settings.kind !== 'directory') throw new Error(`${code} is no directory`)
  return settings
}

/** An attribute's values by its name, however the directory writes that. */
const valuesIn = (entry: Entry): ((name: string) => readonly (string | Buffer)[]) => {
  const byName = new Map(
    Object.entries(entry).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value : [value]]),
  )
  return (name) => byName.get(name.toLowerCase()) ?? []
}

const isBinary = (attribute: string): boolean =>
  binaryAttributes.some((it) => it.toLowerCase() === attribute.toLowerCase())

const subjectIn = (values: readonly (string | Buffer)[], attribute: string): string => {
  const [value, ...more] = values
  if (value === undefined || more.length > 0) return ''
  if (isBinary(attribute)) return Buffer.from(value).toString('hex')
  return typeof value === 'string' && /^[^\p{Cc}]{1,200}$/u.test(value) ? value : ''
}

const listedFrom = (provider: ProviderRow, entry: Entry): Listed => {
  const values = valuesIn(entry)
  const { subject } = settingsOf(provider)
  return { dn: entry.dn, identity: identityFrom(subjectIn(values(subject), subject), provider.claims, values) }
}

/** What is asked for, and how it is to come. */
const wanted = (provider: ProviderRow) => {
  const { login, name, organisation, roles } = provider.claims
  const named = [settingsOf(provider).subject, login, name, organisation, roles]
  return {
    scope: 'sub' as const,
    timeLimit: searchSeconds,
    attributes: named.filter((it) => it !== null),
    explicitBufferAttributes: binaryAttributes,
  }
}

/** A name is a value here, written as such: there is no text of a filter that it could become a part of. */
const filterFor = (provider: ProviderRow, login: string): Filter =>
  new AndFilter({
    filters: [
      FilterParser.parseString(settingsOf(provider).filter),
      new EqualityFilter({ attribute: provider.claims.login, value: login }),
    ],
  })

const search = async (client: Client, provider: ProviderRow, filter: Filter, sizeLimit: number): Promise<Listed[]> => {
  // What it refers to elsewhere is not asked: nobody has said that those may say who people are.
  const { searchEntries } = await client.search(settingsOf(provider).baseDn, {
    ...wanted(provider),
    filter,
    sizeLimit,
  })
  return searchEntries.map((it) => listedFrom(provider, it))
}

const listAll = async (client: Client, provider: ProviderRow): Promise<Identity[]> => {
  const { baseDn, filter } = settingsOf(provider)
  const found: Identity[] = []
  const pages = client.searchPaginated(baseDn, { ...wanted(provider), filter, paged: { pageSize } })
  for await (const { searchEntries } of pages)
    found.push(...searchEntries.map((it) => listedFrom(provider, it).identity))
  return found
}

/** Without a password it would be a bind as nobody, which many a directory takes (RFC 4513 §5.1.2). */
const isBindable = (dn: string, password: string): boolean => dn.includes('=') && password !== ''

const proves = async (client: Client, { dn }: Listed, password: string): Promise<boolean> => {
  if (!isBindable(dn, password)) return false
  try {
    await client.bind(dn, password)
    return true
  } catch (error) {
    if (error instanceof ResultCodeError && refusals.has(error.code)) return false
    throw error
  }
}

/** Speaks with directories by LDAP (RFC 4511). */
export const createDirectory = (
  { secrets }: { secrets: Pick<Secrets, 'open'> },
  patienceMs = standardPatienceMs,
): Directory => {
  const bindSearcher = async (client: Client, provider: ProviderRow): Promise<void> => {
    const { bindDn } = settingsOf(provider)
    if (bindDn === null) return
    const password = provider.secret === null ? '' : secrets.open(provider.secret, secretContext(provider.id))
    if (!isBindable(bindDn, password)) throw new Error(`no password for ${bindDn}`)
    await client.bind(bindDn, password)
  }
  const by = async <T>(
    provider: ProviderRow,
    talk: (client: Client) => Promise<T>,
    wholeMs: number | null = patienceMs,
  ): Promise<T | Refusal> => {
    try {
      return await withDirectory({ settings: settingsOf(provider), patienceMs, wholeMs }, talk)
    } catch (error) {
      return unreachable(provider, error)
    }
  }
  const searching = <T>(
    provider: ProviderRow,
    talk: (client: Client) => Promise<T>,
    wholeMs: number | null = patienceMs,
  ): Promise<T | Refusal> => {
    const asSearcher = async (client: Client) => {
      await bindSearcher(client, provider)
      return talk(client)
    }
    return by(provider, asSearcher, wholeMs)
  }
  return {
    find: (provider, login) =>
      searching(provider, async (client) => {
        const [one, ...more] = await search(client, provider, filterFor(provider, login), 2)
        return one && more.length === 0 && one.identity.subject !== '' ? one : null
      }),
    proves: (provider, listed, password) => by(provider, (client) => proves(client, listed, password)),
    // Page by page it may take as long as there are people.
    list: (provider) => searching(provider, (client) => listAll(client, provider), null),
    probe: (provider) =>
      searching(provider, async (client) => {
        const { url, subject, filter } = settingsOf(provider)
        const [one] = await search(client, provider, FilterParser.parseString(filter), 1)
        return `${url} → ${one?.dn ?? '-'} (${subject}: ${one?.identity.subject || '-'})`
      }),
  }
}
