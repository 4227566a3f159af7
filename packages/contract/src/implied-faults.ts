import type { FaultCode } from './fault.ts'
import type { OperationSpec } from './operation.ts'

export const methodOf = (operation: OperationSpec): string => operation.http.slice(0, operation.http.indexOf(' '))
export const pathOf = (operation: OperationSpec): string => operation.http.slice(operation.http.indexOf(' ') + 1)

/** What any operation of its form can answer, next to the `faults` that are peculiar to it. */
export const impliedFaults = (operation: OperationSpec): readonly FaultCode[] => [
  ...((operation.params ?? operation.query ?? operation.body) ? (['input-invalid'] as const) : []),
  ...(operation.body ? (['body-unreadable', 'body-too-large'] as const) : []),
  ...(operation.query && 'cursor' in operation.query.properties ? (['cursor-invalid'] as const) : []),
  ...(operation.access === 'public' ? [] : (['not-signed-in', 'session-expired'] as const)),
  ...(operation.access === undefined ? (['password-change-required', 'not-permitted'] as const) : []),
  ...(operation.params ? (['not-found'] as const) : []),
  ...(methodOf(operation) === 'POST' ? (['idempotency-key-reused', 'idempotency-key-in-flight'] as const) : []),
  'database-unavailable',
  'database-full',
  'shutting-down',
  'too-many-requests',
  'defect',
]
