import {
  eventStream,
  type JsonSchema,
  jsonSchema,
  methodOf,
  type OperationSpec,
  operations,
  requestCreate,
} from '@yiduo/contract'
import { type Field, fieldsOf } from '../flags/field.ts'

/** An operation as a command: `request.pass-test` is `yiduo request pass-test`. */
export interface Command {
  readonly operation: OperationSpec
  readonly noun: string
  readonly verb: string
  /** Given by position, in the path's order. */
  readonly params: readonly Field[]
  readonly query: readonly Field[]
  readonly body: readonly Field[]
  readonly answer: JsonSchema | null
}

const fields = (schema: OperationSpec['body']): readonly Field[] => (schema ? fieldsOf(jsonSchema(schema)) : [])

const answerOf = (operation: OperationSpec): JsonSchema | null => {
  const [schema] = Object.values(operation.answers)
  return schema ? jsonSchema(schema) : null
}

const commandOf = (operation: OperationSpec): Command => {
  const [noun = '', verb = ''] = operation.name.split('.')
  const { params, query, body } = operation
  return {
    operation,
    noun,
    verb,
    params: fields(params),
    query: fields(query),
    body: fields(body),
    answer: answerOf(operation),
  }
}

export const commands: readonly Command[] = operations.map(commandOf)
export const nouns: readonly string[] = [...new Set(commands.map(({ noun }) => noun))]

export const findCommand = (noun: string, verb: string): Command | null =>
  commands.find((it) => it.noun === noun && it.verb === verb) ?? null

export const isPaged = ({ answer }: Command): boolean => answer?.properties?.nextCursor !== undefined
export const isStream = ({ operation }: Command): boolean => operation.name === eventStream.name
export const isFile = ({ operation }: Command): boolean => operation.file !== undefined
export const isUpload = ({ operation }: Command): boolean => operation.upload === true
export const isRequestDraft = ({ operation }: Command): boolean => operation.name === requestCreate.name
export const isEdit = ({ operation }: Command): boolean => ['PUT', 'PATCH'].includes(methodOf(operation))

/** Bodies that connect a cloud; clouds.yaml and OS_* can fill them. */
export const connectsCloud = ({ body }: Command): boolean =>
  ['endpoint', 'settings', 'credential'].every((name) => body.some(({ property }) => property === name))

export type Watched = 'Operation' | 'ServiceRequest'

/** What an answer holds that goes on by itself, and where: the answer, or a property of it. */
export const watchedPart = ({ answer }: Command): { kind: Watched; property: string | null } | null => {
  const kindOf = ($id: string | undefined) => ($id === 'Operation' || $id === 'ServiceRequest' ? $id : null)
  const whole = kindOf(answer?.$id)
  if (whole) return { kind: whole, property: null }
  for (const [property, { $id }] of Object.entries(answer?.properties ?? {})) {
    const kind = kindOf($id)
    if (kind) return { kind, property }
  }
  return null
}
