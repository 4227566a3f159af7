import { usageError } from '../command-error.ts'
import type { Field } from '../flags/field.ts'
import type { Values } from '../flags/read-fields.ts'
import type { World } from '../world.ts'
import type { Command } from './command.ts'

const isSecret = ({ shape, schema }: Field): boolean => shape === 'scalar' && schema.writeOnly === true

/**
 * Asks for secrets that were not given, so that they need not stand in a shell's history; through a pipe each is
 * one line.
 *
 * @throws CommandError for anything else that is required and missing.
 */
export const complete = async (
  command: Command,
  parts: { query: Values; body: Values },
  world: World,
): Promise<Values> => {
  const missing = (fields: readonly Field[], values: Values) =>
    fields.filter(({ required, property }) => required && values[property] === undefined)
  const plain = [...missing(command.query, parts.query), ...missing(command.body, parts.body)].filter(
    (it) => !isSecret(it),
  )
  if (plain.length > 0)
    throw usageError('flags-missing', { flags: plain.map((it) => `--${it.spellings[0].name}`).join(' ') })
  const body = { ...parts.body }
  for (const field of missing(command.body, parts.body))
    body[field.property] = await askSecret(world, world.label(field.property))
  return body
}

export const askSecret = async ({ terminal, say }: World, what: string): Promise<string> => {
  const secret = await terminal.ask(say('prompt', { what }), { secret: true })
  if (!secret) throw usageError('input-ended', { what })
  return secret
}
