import { jsonSchema, Person, SessionGrant, sessionGet } from '@yiduo/contract'
import { exitCodes } from '../exit-code.ts'
import { readCommandLine } from '../flags/command-line.ts'
import { answerText } from '../output/answer.ts'
import { connect } from '../session/connection.ts'
import type { World } from '../world.ts'
import { commandNamed } from './call.ts'

const grants = { properties: { items: { items: jsonSchema(SessionGrant) } } }

/** Who is logged in where, and which roles they hold. */
export const whoAmI = async (args: readonly string[], world: World): Promise<number> => {
  const { options } = readCommandLine(commandNamed(sessionGet.name), args, world.readFile)
  const { client, url } = await connect(world.config, { url: options.get('url'), locale: world.locale })
  const session = await client.call(sessionGet, {})
  const { print } = world.terminal
  if (options.has('json')) print(JSON.stringify(session, null, 2))
  else if (options.has('quiet')) print(session.person.id)
  else {
    print(
      answerText(['login', 'name', 'organisationId', 'mustChangePassword'], jsonSchema(Person), session.person, world),
    )
    print(`\n${world.label('grants')}`)
    print(answerText(['role', 'organisationId', 'reach', 'until'], grants, { items: session.grants }, world))
    world.terminal.note(`\n${url}`)
  }
  return exitCodes.ok
}
