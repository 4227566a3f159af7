import { type Static, Type } from 'typebox'
import { OperationId, OrganisationId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, literals, nullable, Paging, pageOf } from './primitive.ts'

/** A stored fault: code and parameters, plus the text in the reader's language. */
export const FaultView = Type.Object(
  {
    code: Type.String(),
    message: Type.String(),
    next: Type.String({ description: 'What to do now' }),
    words: nullable(Type.String({ description: 'What the cloud itself said; for operators' })),
  },
  { $id: 'Fault' },
)

export const operationStates = ['queued', 'running', 'undoing', 'succeeded', 'failed', 'failed-with-residue'] as const

export const Operation = Type.Object(
  {
    id: OperationId,
    saga: Type.String({ description: 'What is being done, e.g. `server-create`' }),
    state: literals(operationStates),
    organisationId: OrganisationId,
    subject: nullable(Type.String({ description: 'Id of what it works on' })),
    progressPercent: Type.Integer({ minimum: 0, maximum: 100 }),
    steps: Type.Array(
      Type.Object({
        name: Type.String(),
        state: literals(['waiting', 'running', 'done', 'failed', 'undone', 'residue']),
        attempts: Type.Integer(),
        remadeFor: nullable(
          Type.Object(
            { code: Type.String(), message: Type.String(), words: nullable(Type.String()) },
            { description: 'What was wrong with what the cloud made first; it was taken back and made again' },
          ),
        ),
        startedAt: nullable(Instant),
        endedAt: nullable(Instant),
      }),
    ),
    fault: nullable(FaultView),
    residue: Type.Array(Type.Object({ step: Type.String(), words: Type.String() })),
    createdAt: Instant,
    endedAt: nullable(Instant),
  },
  { $id: 'Operation' },
)
export type Operation = Static<typeof Operation>

const columns = ['id', 'saga', 'state', 'progressPercent', 'subject', 'createdAt', 'endedAt']

export const operationList = operation({
  name: 'operation.list',
  http: 'GET /operations',
  summary: { 'zh-CN': '列出作业', en: 'List operations' },
  query: Type.Object({
    ...Paging,
    state: Type.Optional(literals(operationStates)),
    saga: Type.Optional(Type.String({ maxLength: 80 })),
    subject: Type.Optional(Type.String({ maxLength: 80, description: 'Id of what it works on' })),
    unfinished: Type.Optional(Type.Boolean({ description: 'Only those that have not ended' })),
    failed: Type.Optional(Type.Boolean({ description: 'Only those that failed, whatever they left behind' })),
  }),
  answers: { 200: pageOf(Operation, 'OperationPage') },
  columns,
})

export const operationTakeBack = operation({
  name: 'operation.take-back',
  http: 'POST /operations/{operationId}/take-back',
  summary: { 'zh-CN': '再次清除作业留在云上的残留', en: 'Take back again what an operation left on the cloud' },
  params: Type.Object({ operationId: OperationId }),
  answers: { 202: Operation },
  faults: ['nothing-left-behind'],
  columns,
})

export const operationGet = operation({
  name: 'operation.get',
  http: 'GET /operations/{operationId}',
  summary: { 'zh-CN': '查看作业', en: 'Show an operation' },
  params: Type.Object({ operationId: OperationId }),
  answers: { 200: Operation },
  columns,
})
