import type { FaultCode } from './fault.ts'
import { type EntryStage, entryStages, type OperationSpec } from './operation.ts'

/** What an operation answers to a session that is not whole. */
export const stageFault = {
  'second-factor': 'second-factor-required',
  'password-change': 'password-change-required',
  'second-factor-set-up': 'second-factor-set-up-required',
} as const satisfies Readonly<Record<EntryStage, FaultCode>>

const stageFaults = Object.values(stageFault)

export const methodOf = (operation: OperationSpec): string => operation.http.slice(0, operation.http.indexOf(' '))
export const pathOf = (operation: OperationSpec): string => operation.http.slice(operation.http.indexOf(' ') + 1)

/** What any operation of its form can answer, next to the `faults` that are peculiar to it. */
export const impliedFaults = (operation: OperationSpec): readonly FaultCode[] => [
  ...((operation.params ?? operation.query ?? operation.body) ? (['input-invalid'] as const) : []),
  ...(operation.body ? (['body-unreadable', 'body-too-large', 'body-too-deep'] as const) : []),
  ...(operation.query && 'cursor' in operation.query.properties ? (['cursor-invalid'] as const) : []),
  ...(operation.access === 'public' ? [] : (['not-signed-in', 'session-expired'] as const)),
  ...(operation.access === 'public' || (operation.entering?.length ?? 0) === entryStages.length ? [] : stageFaults),
  ...(operation.access === undefined ? (['not-permitted'] as const) : []),
  ...(operation.access === 'self' && operation.name !== 'session.get' ? (['not-for-tokens'] as const) : []),
  ...(operation.stepUp ? (['step-up-required'] as const) : []),
  ...(operation.params ? (['not-found'] as const) : []),
  ...(methodOf(operation) === 'POST' ? (['idempotency-key-reused', 'idempotency-key-in-flight'] as const) : []),
  'database-unavailable',
  'database-full',
  'shutting-down',
  'too-many-requests',
  'defect',
]
