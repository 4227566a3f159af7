import type { Client, EventQuery } from '@yiduo/contract'
import { exitCodes } from '../exit-code.ts'
import type { CommandLine } from '../flags/command-line.ts'
import { localInstant, printable } from '../output/cell.ts'
import type { World } from '../world.ts'

/** A line an event until somebody stops it. */
export const printEvents = async (
  client: Client,
  query: EventQuery,
  options: CommandLine['options'],
  { terminal }: World,
): Promise<number> => {
  for await (const event of client.events(query)) {
    const { at, type, subject, data } = event
    if (options.has('quiet')) {
      terminal.print(event.id)
      continue
    }
    terminal.print(
      options.has('json')
        ? JSON.stringify(event)
        : `${localInstant(at)}  ${type}  ${subject}  ${printable(JSON.stringify(data))}`,
    )
  }
  return exitCodes.ok
}
