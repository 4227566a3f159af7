import { type Client, type FileContent, jsonSchema, type OperationSpec, requestSubmit } from '@yiduo/contract'
import { withCloud } from '../clouds/fill-body.ts'
import { usageError } from '../command-error.ts'
import { exitCodes } from '../exit-code.ts'
import { type CommandLine, readCommandLine } from '../flags/command-line.ts'
import { idCalled } from '../names/lookup.ts'
import { pagesOf } from '../names/pages.ts'
import { type IdCalled, rememberIds, resolveNames } from '../names/resolve.ts'
import { answerText } from '../output/answer.ts'
import { answerIds } from '../output/ids.ts'
import { connect, keepToken } from '../session/connection.ts'
import type { World } from '../world.ts'
import { type Command, findCommand, isFile, isPaged, isStream, watchedPart } from './command.ts'
import { complete } from './missing.ts'
import { printEvents } from './print-events.ts'
import { readUpload } from './read-upload.ts'
import { saveFile } from './save-file.ts'
import { watchAnswer } from './watch-answer.ts'

interface Parts {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

const resolved = async (operation: OperationSpec, parts: Parts, find: IdCalled) => {
  const part = async (schema: OperationSpec['body'], value: unknown) =>
    schema ? ((await resolveNames(jsonSchema(schema), value, find)) as Record<string, unknown>) : undefined // objects stay objects
  return {
    params: await part(operation.params, parts.params),
    query: await part(operation.query, parts.query),
    body: await part(operation.body, parts.body),
  }
}

const revisionOf = ({ options }: CommandLine): number | undefined => {
  const text = options.get('revision')
  if (text === undefined) return undefined
  if (!/^\d+$/.test(text)) throw usageError('value-wrong', { flag: 'revision', value: text, expected: 'integer' })
  return Number(text)
}

/** Every page as one. */
const allPages = async (client: Client, operation: OperationSpec, call: Parameters<Client['send']>[1]) => {
  const items: unknown[] = []
  for await (const page of pagesOf(client, operation, call)) items.push(...page.items)
  return { items, nextCursor: null }
}

const idOf = (answer: unknown): string =>
  typeof answer === 'object' && answer !== null && 'id' in answer ? String(answer.id) : ''

const submit = async (client: Client, draft: unknown, { terminal, say }: World): Promise<unknown> => {
  const requestId = idOf(draft)
  try {
    return await client.call(requestSubmit, { params: { requestId } })
  } catch (error) {
    terminal.note(say('draft-stays', { id: requestId }))
    throw error
  }
}

const advise = (command: Command, answer: unknown, line: CommandLine, { terminal, say }: World): void => {
  if (line.options.has('json')) return
  const more =
    isPaged(command) && typeof answer === 'object' && answer !== null && 'nextCursor' in answer && answer.nextCursor
  if (more) terminal.note(say('more-pages', { cursor: String(more) }))
}

const show = (
  { operation, answer: schema }: Command,
  answer: unknown,
  { options }: CommandLine,
  world: World,
): void => {
  const { print } = world.terminal
  const columns = operation.columns ?? []
  if (options.has('json')) print(JSON.stringify(answer, null, 2))
  else if (options.has('quiet')) for (const id of answerIds(columns, schema ?? {}, answer)) print(id)
  else print(answerText(columns, schema ?? {}, answer, world))
}

/** Runs an operation's command; the answer is printed, the exit code returned. */
export const callCommand = async (command: Command, args: readonly string[], world: World): Promise<number> => {
  const { operation } = command
  const line = readCommandLine(command, args, world.readFile)
  const { options } = line
  const { query, content } = await readUpload(command, line)
  const body = await complete(command, { query, body: withCloud(command, line, world.config, world.readFile) }, world)
  const revision = revisionOf(line)
  const { client, url } = await connect(world.config, { url: options.get('url'), locale: world.locale })
  const call = {
    ...(await resolved(
      operation,
      { ...line, query, body },
      rememberIds((prefixes, text) => idCalled(client, prefixes, text)),
    )),
    revision,
    content,
  }
  if (isStream(command)) return printEvents(client, call.query ?? {}, options, world)
  if (isFile(command)) {
    const file = (await client.send(operation, call)) as FileContent // as the contract says of such an operation
    return saveFile(file, options.get('output') ?? null, world)
  }

  let answer = options.has('all') ? await allPages(client, operation, call) : await client.send(operation, call)
  answer = await keepToken(world.config, url, answer)
  if (options.has('submit')) answer = await submit(client, answer, world)
  const watched = options.has('watch') ? watchedPart(command) : null
  const outcome = watched
    ? await watchAnswer(client, answer, watched, options.has('quiet'), world)
    : { answer, succeeded: true }
  show(command, outcome.answer, line, world)
  advise(command, outcome.answer, line, world)
  return outcome.succeeded ? exitCodes.ok : exitCodes.refused
}

/** The command of an operation that a built-in one is made of. */
export const commandNamed = (name: string): Command => {
  const [noun = '', verb = ''] = name.split('.')
  const command = findCommand(noun, verb)
  if (!command) throw new Error(`The contract has no ${name}`)
  return command
}
