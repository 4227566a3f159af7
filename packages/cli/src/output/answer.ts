import type { JsonSchema } from '@yiduo/contract'
import type { Label } from '../message/catalogue.ts'
import { type CellStyle, cellText, printable } from './cell.ts'
import { knownNames } from './known-names.ts'
import { pairs, table } from './table.ts'

export interface Style extends CellStyle {
  readonly label: Label
}

type Thing = Readonly<Record<string, unknown>>

export const isThing = (value: unknown): value is Thing =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

const listText = (columns: readonly string[], item: JsonSchema, things: readonly Thing[], style: Style): string =>
  table(
    columns.map((property) => ({
      title: style.label(property),
      right: things.every((it) => typeof it[property] === 'number'),
    })),
    things.map((thing) =>
      columns.map((property) => cellText(property, item.properties?.[property] ?? {}, thing[property], style)),
    ),
  ).join('\n')

/** What people call a thing comes first, ids last: in a wide table the eye stays at its left. */
const rankOf = (property: string): number => {
  if (/^(code|name)$|Name$/.test(property)) return 0
  return /^id$|Ids?$/.test(property) ? 2 : 1
}

/** Lists within a thing stand below it, each a table of the columns that say something. */
const innerList = (property: string, schema: JsonSchema, things: readonly Thing[], style: Style): string => {
  const item = schema.items ?? {}
  const columns = Object.keys(item.properties ?? {})
    .filter((it) => things.some((thing) => !isEmpty(thing[it])))
    .toSorted((a, b) => rankOf(a) - rankOf(b))
  return `\n${style.label(property)}\n${listText(columns, item, things, style)}`
}

const thingText = (
  columns: readonly string[],
  schema: JsonSchema,
  thing: Thing,
  names: ReadonlyMap<string, string>,
  style: Style,
): string => {
  const properties = schema.properties ?? {}
  const isList = (property: string) => properties[property]?.items?.properties !== undefined
  const others = Object.keys(properties).filter((it) => !columns.includes(it) && !isEmpty(thing[it]))
  const shown = [...columns.filter((it) => it in properties), ...others.filter((it) => !isList(it))]
  const lists = others.filter(isList).map((property) => {
    const things = thing[property]
    return innerList(property, properties[property] ?? {}, Array.isArray(things) ? things.filter(isThing) : [], style)
  })
  const entries = shown.map((property) => {
    const value = thing[property]
    const text = cellText(property, properties[property] ?? {}, value, style)
    // Its own name has a line of its own.
    const name = property !== 'id' && typeof value === 'string' ? names.get(value) : undefined
    return [style.label(property), name === undefined ? text : `${text}  ${printable(name)}`] as const
  })
  return [...pairs(entries), ...lists].join('\n')
}

/** The part of an answer that the operation's columns speak of: itself, or the property that has them. */
export const subjectOf = (
  columns: readonly string[],
  schema: JsonSchema,
  thing: Thing,
): { schema: JsonSchema; thing: Thing } => {
  const has = (it: JsonSchema): boolean => columns.every((column) => it.properties?.[column] !== undefined)
  if (has(schema)) return { schema, thing }
  for (const [property, inner] of Object.entries(schema.properties ?? {})) {
    const part = thing[property]
    if (has(inner) && isThing(part)) return { schema: inner, thing: part }
  }
  return { schema, thing }
}

/** An answer as a person reads it: a table for a list, a line a property for one thing. */
export const answerText = (columns: readonly string[], schema: JsonSchema, answer: unknown, style: Style): string => {
  if (!isThing(answer)) return style.say('done')
  const { items } = answer
  if (Array.isArray(items)) {
    const item = schema.properties?.items?.items ?? {}
    const things = items.filter(isThing)
    return things.length === 0 ? style.say('nothing-there') : listText(columns, item, things, style)
  }
  const subject = subjectOf(columns, schema, answer)
  return thingText(columns, subject.schema, subject.thing, knownNames(answer), style)
}
