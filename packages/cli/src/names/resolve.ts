import type { JsonSchema } from '@yiduo/contract'
import { idPrefixesOf } from './id-prefixes.ts'

/** Finds the id of what a person called by another name; prefixes tell the kinds that fit. */
export type IdCalled = (prefixes: readonly string[], text: string) => Promise<string>

const isId = ({ pattern }: JsonSchema, text: string): boolean =>
  pattern !== undefined && new RegExp(pattern, 'u').test(text)

/** The same value with an id wherever the schema asks for one and a name stands. */
export const resolveNames = async (schema: JsonSchema, value: unknown, idCalled: IdCalled): Promise<unknown> => {
  const prefixes = idPrefixesOf(schema)
  if (prefixes && typeof value === 'string') return isId(schema, value) ? value : idCalled(prefixes, value)
  if (schema.anyOf) {
    const fitting = schema.anyOf.find((it) => idPrefixesOf(it))
    return fitting ? resolveNames(fitting, value, idCalled) : value
  }
  if (schema.items && Array.isArray(value)) {
    const resolved: unknown[] = []
    for (const it of value) resolved.push(await resolveNames(schema.items, it, idCalled))
    return resolved
  }
  if (schema.properties && typeof value === 'object' && value !== null) {
    const resolved: Record<string, unknown> = { ...value }
    for (const [property, it] of Object.entries(schema.properties))
      if (resolved[property] !== undefined) resolved[property] = await resolveNames(it, resolved[property], idCalled)
    return resolved
  }
  return value
}

/** Asks once for each name, however often it stands in a call. */
export const rememberIds = (idCalled: IdCalled): IdCalled => {
  const known = new Map<string, Promise<string>>()
  return (prefixes, text) => {
    const key = `${prefixes.join()} ${text}`
    const id = known.get(key) ?? idCalled(prefixes, text)
    known.set(key, id)
    return id
  }
}
