import { parseArgs } from 'node:util'
import { usageError } from '../command-error.ts'
import { type Command, isUpload } from '../commands/command.ts'
import { type Field, spelled } from './field.ts'
import { optionsOf } from './option.ts'
import { addOccurrence, type ReadFile, readJsonObject, type Values } from './read-fields.ts'
import { readScalar } from './scalar.ts'

export interface CommandLine {
  readonly params: Values
  readonly query: Values
  readonly body: Values
  /** The file to send, given by position behind the parameters; null for operations that take none. */
  readonly file: string | null
  /** The CLI's own flags that were given; a switch holds an empty text. */
  readonly options: ReadonlyMap<string, string>
}

interface Given {
  readonly name: string
  readonly value: string | undefined
}

const isSwitch = ({ shape, schema }: Field): boolean => shape === 'scalar' && schema.type === 'boolean'

/** Splits words into flags and positions; which flags take the next word as their value is told by the command. */
const split = (
  command: Command,
  args: readonly string[],
): { given: readonly Given[]; positions: readonly string[] } => {
  const declared: Record<string, { type: 'string' | 'boolean'; short?: string }> = {}
  for (const field of [...command.query, ...command.body])
    for (const { name } of field.spellings) {
      declared[name] = { type: isSwitch(field) ? 'boolean' : 'string' }
      if (isSwitch(field)) declared[`no-${name}`] = { type: 'boolean' }
    }
  for (const { name, short, value } of optionsOf(command))
    declared[name] ??= { type: value === null ? 'boolean' : 'string', ...(short ? { short } : {}) }

  // Not strict: its errors are in English only, and it cannot be told apart from a value that begins with a dash.
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options: declared,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const given = tokens.flatMap((token): readonly Given[] => {
    if (token.kind !== 'option') return []
    const known = declared[token.name]
    if (!known) throw usageError('flag-unknown', { flag: token.rawName, command: `${command.noun} ${command.verb}` })
    const looksLikeFlag = !token.inlineValue && token.value !== undefined && /^-[^\d]/.test(token.value)
    if (known.type === 'string' && (token.value === undefined || looksLikeFlag))
      throw usageError('value-missing', { flag: token.name })
    return [{ name: token.name, value: token.value }]
  })
  return { given, positions: positionals }
}

const readParams = (command: Command, positions: readonly string[]): Values => {
  if (positions.length > command.params.length)
    throw usageError('position-unexpected', { value: positions[command.params.length] ?? '' })
  return Object.fromEntries(
    command.params.map((field, at) => {
      const text = positions[at]
      if (text === undefined) throw usageError('position-missing', { name: field.spellings[0].name })
      return [field.property, readScalar(field, field.spellings[0], text)]
    }),
  )
}

const textOf = (field: Field, name: string, { value }: Given, negated: boolean): string => {
  if (!isSwitch(field)) return value ?? ''
  if (negated && value !== undefined) throw usageError('value-unexpected', { flag: name })
  return negated ? 'false' : (value ?? 'true')
}

/** The place, field and spelling a flag means; `--no-x` means a switch `x`. */
const meant = (command: Command, name: string) => {
  for (const place of ['query', 'body'] as const) {
    const direct = spelled(command[place], name)
    if (direct) return { place, ...direct, negated: false }
    const positive = name.startsWith('no-') ? spelled(command[place], name.slice(3)) : null
    if (positive && isSwitch(positive.field)) return { place, ...positive, negated: true }
  }
  return null
}

/**
 * Reads a command line into the parts of a call. What is required and missing is not judged here: more sources may
 * add to the body.
 *
 * @throws CommandError for whatever does not fit the operation.
 */
export const readCommandLine = (command: Command, args: readonly string[], readFile: ReadFile): CommandLine => {
  const { given, positions } = split(command, args)
  const parts: { query: Values; body: Values } = { query: {}, body: {} }
  const options = new Map<string, string>()
  for (const one of given) {
    const target = meant(command, one.name)
    if (target)
      addOccurrence(parts[target.place], target, textOf(target.field, one.name, one, target.negated), readFile)
    else if (options.has(one.name)) throw usageError('given-twice', { flag: one.name })
    else options.set(one.name, one.value ?? '')
  }
  if (options.has('json') && options.has('quiet')) throw usageError('flags-clash', { flag: 'json', other: 'quiet' })
  const whole = options.get('body')
  const base = whole === undefined ? {} : readJsonObject(whole, readFile)
  if (base === null) throw usageError('json-wrong', { value: whole ?? '' })
  const file = isUpload(command) ? positions[command.params.length] : undefined
  const others = file === undefined ? positions : positions.toSpliced(command.params.length, 1)
  const params = options.has('help') ? {} : readParams(command, others)
  return { params, query: parts.query, body: { ...base, ...parts.body }, file: file ?? null, options }
}
