import { type Client, type JsonSchema, jsonSchema, type OperationSpec, operations } from '@yiduo/contract'
import { CommandError, usageError } from '../command-error.ts'
import { idPrefixesOf } from './id-prefixes.ts'
import { pagesOf } from './pages.ts'

/** What a person may say instead of an id. */
const callingProperties = ['code', 'login', 'name'] as const

/** A list in which things of some kind of id can be found by what people call them. */
interface Lookup {
  readonly operation: OperationSpec
  readonly prefixes: readonly string[]
  /** The list within each item that holds the things, as an offering holds its plans; null for the items themselves. */
  readonly within: string | null
}

interface Named {
  readonly id: string
  readonly [property: string]: unknown
}

const lookupIn = (
  operation: OperationSpec,
  thing: JsonSchema | undefined,
  within: string | null,
): readonly Lookup[] => {
  const prefixes = idPrefixesOf(thing?.properties?.id ?? {})
  const isCalled = callingProperties.some((it) => thing?.properties?.[it])
  return prefixes && isCalled ? [{ operation, prefixes, within }] : []
}

const lookups: readonly Lookup[] = operations
  .filter((it) => it.name.endsWith('.list') && !it.params && it.answers[200])
  .flatMap((operation) => {
    const item = operation.answers[200] ? jsonSchema(operation.answers[200]).properties?.items?.items : undefined
    const inner = Object.entries(item?.properties ?? {}).flatMap(([property, { items }]) =>
      lookupIn(operation, items, property),
    )
    return [...lookupIn(operation, item, null), ...inner]
  })

/** Prefixes of the ids that need not be given as ids. */
export const namedPrefixes: ReadonlySet<string> = new Set(lookups.flatMap(({ prefixes }) => prefixes))

/** Beyond this a person is better served by a list with a filter. */
const pagesSearched = 40

const isNamed = (it: unknown): it is Named =>
  typeof it === 'object' && it !== null && 'id' in it && typeof it.id === 'string'

const thingsOf = (items: readonly unknown[], within: string | null): readonly Named[] =>
  items
    .flatMap((item): readonly unknown[] => {
      if (within === null) return [item]
      const inner = isNamed(item) ? item[within] : undefined
      return Array.isArray(inner) ? inner : []
    })
    .filter(isNamed)

async function* thingsCalled(client: Client, wanted: readonly string[], text: string): AsyncGenerator<string> {
  for (const { operation, prefixes, within } of lookups) {
    if (!wanted.some((it) => prefixes.includes(it))) continue
    let pages = 0
    for await (const { items } of pagesOf(client, operation, {})) {
      for (const thing of thingsOf(items, within)) {
        const fits = wanted.includes(thing.id.slice(0, thing.id.indexOf('_')))
        if (fits && callingProperties.some((it) => thing[it] === text)) yield thing.id
      }
      if (++pages === pagesSearched) throw usageError('name-search-too-long', { name: text, operation: operation.name })
    }
  }
}

/**
 * The id of the one thing of these kinds that bears this code, log-in or name.
 *
 * @throws CommandError where there is none or more than one.
 */
export const idCalled = async (client: Client, wanted: readonly string[], text: string): Promise<string> => {
  if (!wanted.some((it) => namedPrefixes.has(it)))
    throw usageError('id-wrong', { value: text, prefix: wanted.join(', ') })
  const ids = await Array.fromAsync(thingsCalled(client, wanted, text))
  const [only] = ids
  if (only === undefined) throw new CommandError('not-found', 'name-unknown', { name: text })
  if (ids.length > 1) throw usageError('name-ambiguous', { name: text, ids: ids.join(', ') })
  return only
}
