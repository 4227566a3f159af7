import type { JsonSchema } from '@yiduo/contract'
import { idPrefixesOf } from '../names/id-prefixes.ts'

/** How a property is written on a command line. */
export type Shape = 'scalar' | 'scalars' | 'record' | 'object' | 'objects'

export interface Spelling {
  readonly name: string
  /** The text is in yuan while the property counts 1/10000 yuan. */
  readonly inYuan: boolean
}

/** A property as a flag, or as a key of a compact flag. */
export interface Field {
  readonly property: string
  readonly shape: Shape
  /** Without the `null` it may also be. */
  readonly schema: JsonSchema
  readonly nullable: boolean
  readonly required: boolean
  /** The first one is shown; all are understood. */
  readonly spellings: readonly [Spelling, ...Spelling[]]
}

export const kebab = (property: string): string => property.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()

const withoutNull = (schema: JsonSchema): { schema: JsonSchema; nullable: boolean } => {
  const [only, ...others] = schema.anyOf?.filter(({ type }) => type !== 'null') ?? []
  return only && others.length === 0 && schema.anyOf?.length === 2
    ? { schema: only, nullable: true }
    : { schema, nullable: false }
}

const shapeOf = ({ type, items, properties, anyOf }: JsonSchema): Shape => {
  // Which keys there are depends on what some of them say: each is given as it is.
  if (anyOf?.every((it) => it.type === 'object')) return 'record'
  if (type === 'array') return items?.type === 'object' ? 'objects' : 'scalars'
  if (type === 'object') return properties ? 'object' : 'record'
  return 'scalar'
}

/** What is given again and again is called by what each of it is. */
const wholeOf = (property: string, schema: JsonSchema): string =>
  kebab(['objects', 'scalars', 'record'].includes(shapeOf(schema)) ? property.replace(/s$/, '') : property)

const spellingsOf = (
  property: string,
  shape: Shape,
  schema: JsonSchema,
  taken: ReadonlySet<string>,
): Field['spellings'] => {
  const whole = wholeOf(property, schema)
  const asIs = { name: whole, inYuan: false }
  if (whole.endsWith('-yuan-e4')) return [{ name: whole.replace(/-e4$/, ''), inYuan: true }, asIs]
  // `--system` takes a name as well as an id, so it need not be called `--system-id`.
  const short = whole.replace(/-id$/, '')
  const mayBeShort = shape === 'scalar' && short !== whole && idPrefixesOf(schema) !== null && !taken.has(short)
  return mayBeShort ? [{ name: short, inYuan: false }, asIs] : [asIs]
}

/** The fields of an object schema, in its own order. */
export const fieldsOf = (object: JsonSchema): readonly Field[] => {
  const properties = Object.entries(object.properties ?? {})
  const taken = new Set(properties.map(([property, given]) => wholeOf(property, withoutNull(given).schema)))
  return properties.map(([property, given]) => {
    const { schema, nullable } = withoutNull(given)
    const shape = shapeOf(schema)
    const required = object.required?.includes(property) ?? false
    return { property, shape, schema, nullable, required, spellings: spellingsOf(property, shape, schema, taken) }
  })
}

/** Must be given, and may be given as none at all. */
export const mayBeEmpty = ({ shape, required, schema }: Field): boolean =>
  shape === 'objects' && required && (schema.minItems ?? 0) === 0

/** The field and spelling that a flag's or key's name means. */
export const spelled = (fields: readonly Field[], name: string): { field: Field; spelling: Spelling } | null => {
  for (const field of fields) {
    const spelling = field.spellings.find((it) => it.name === name)
    if (spelling) return { field, spelling }
  }
  return null
}
