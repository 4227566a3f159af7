/**
 * One closed union of everything that can go wrong. A stored fault is a code and its parameters, never text;
 * texts lie in `message/`, HTTP statuses follow from the kind alone.
 */
export const faultKinds = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  absent: 404,
  conflict: 409,
  exhausted: 422,
  upstream: 502,
  unavailable: 503,
  internal: 500,
} as const
export type FaultKind = keyof typeof faultKinds

export const faultCodes = {
  // anything that crosses the edge
  'input-invalid': 'invalid',
  'body-unreadable': 'invalid',
  'body-too-large': 'invalid',
  'cursor-invalid': 'invalid',
  'not-signed-in': 'unauthenticated',
  'session-expired': 'unauthenticated',
  'log-in-refused': 'unauthenticated',
  'log-in-locked': 'unauthenticated',
  'password-change-required': 'forbidden',
  'not-permitted': 'forbidden',
  'not-found': 'absent',
  'idempotency-key-reused': 'conflict',
  'idempotency-key-in-flight': 'conflict',
  'revision-stale': 'conflict',
  'database-unavailable': 'unavailable',
  'database-full': 'unavailable',
  'shutting-down': 'unavailable',
  'too-many-requests': 'unavailable',
  'too-many-streams': 'unavailable',
  defect: 'internal',
  // people and organisations
  'password-too-weak': 'invalid',
  'login-taken': 'conflict',
  'duties-not-separated': 'conflict',
  'grant-to-oneself': 'forbidden',
  'delegate-unsuitable': 'invalid',
  'delegation-too-long': 'invalid',
  'organisation-level-wrong': 'invalid',
  'organisation-name-taken': 'conflict',
  'organisation-ended': 'conflict',
  'organisation-in-use': 'conflict',
  'successor-unsuitable': 'conflict',
  'system-name-taken': 'conflict',
  'code-taken': 'conflict',
  // clouds
  'organisation-not-provider': 'invalid',
  'link-to-itself': 'invalid',
  'link-exists': 'conflict',
  'driver-unknown': 'invalid',
  'driver-settings-invalid': 'invalid',
  'cloud-credentials-refused': 'upstream',
  'cloud-permission-missing': 'upstream',
  'cloud-endpoint-wrong': 'upstream',
  'cloud-certificate-invalid': 'upstream',
  'cloud-unreachable': 'upstream',
  'cloud-timeout': 'upstream',
  'cloud-rate-limited': 'upstream',
  'cloud-answer-unreadable': 'upstream',
  'cloud-internal-error': 'upstream',
  'cloud-quota-exceeded': 'upstream',
  'cloud-capacity-exhausted': 'upstream',
  'cloud-no-fitting-flavour': 'upstream',
  'cloud-no-such-image': 'upstream',
  'cloud-no-external-network': 'upstream',
  'cloud-thing-broken': 'upstream',
  'cloud-thing-vanished': 'upstream',
  'cloud-conflict': 'upstream',
  'cloud-request-refused': 'upstream',
  'cloud-unsupported': 'upstream',
  'step-timed-out': 'upstream',
  'step-crashed': 'internal',
  'reservation-expired': 'conflict',
  // advice
  'advice-ended': 'conflict',
  'owner-without-role': 'invalid',
  // notices
  'webhook-url-refused': 'invalid',
  'too-many-webhooks': 'exhausted',
  // consoles, whose WebSockets are closed with these
  'console-ticket-invalid': 'unauthenticated',
  'too-many-consoles': 'unavailable',
  'console-closed-by-cloud': 'upstream',
  'console-idle': 'conflict',
  'console-open-too-long': 'conflict',
  // catalogue and money
  'component-wrong': 'invalid',
  'price-already-set': 'conflict',
  'price-missing': 'conflict',
  'month-not-over': 'conflict',
  'month-closed': 'conflict',
  'month-not-open': 'conflict',
  'demand-plan-step-not-allowed': 'conflict',
  'statement-step-not-allowed': 'conflict',
  'party-signed-already': 'conflict',
  'correction-of-open-month': 'conflict',
  'correction-too-large': 'conflict',
  'export-too-large': 'exhausted',
  'attachment-empty': 'invalid',
  'attachment-too-large': 'invalid',
  'attachments-full': 'exhausted',
  'attachment-kind-refused': 'invalid',
  'attachment-cut-off': 'invalid',
  'attachment-of-another': 'forbidden',
  'template-step-not-allowed': 'conflict',
  'template-not-released': 'conflict',
  'template-part-wrong': 'invalid',
  'template-quantity-wrong': 'invalid',
  // requests and resources
  'offering-not-released': 'conflict',
  'image-not-offered': 'invalid',
  'quota-exceeded': 'exhausted',
  'quota-below-held': 'conflict',
  'budget-exceeded': 'exhausted',
  'system-quota-exceeded': 'exhausted',
  'capacity-exhausted': 'exhausted',
  'no-platform-fits': 'exhausted',
  'step-not-allowed': 'conflict',
  'nothing-left-behind': 'conflict',
  'own-request': 'forbidden',
  'request-of-another-operator': 'forbidden',
  'request-not-collectable': 'conflict',
  'member-refused': 'exhausted',
  'seat-taken': 'conflict',
  'party-missing': 'conflict',
  'price-changed': 'conflict',
  'line-stands': 'conflict',
  'request-too-large': 'invalid',
  'operator-missing': 'conflict',
  'resource-changed': 'conflict',
  'resource-busy': 'conflict',
  'resource-not-changeable': 'conflict',
  'nothing-to-change': 'conflict',
  'volume-not-shrinkable': 'invalid',
  'plan-of-another-offering': 'invalid',
  'resource-name-taken': 'conflict',
  'transfer-to-lower-grade': 'conflict',
  'receiver-without-room': 'exhausted',
  'platform-grade-too-low': 'conflict',
  'name-taken-in-system': 'conflict',
  'server-not-running': 'conflict',
  'server-not-in-use': 'conflict',
  'server-running': 'conflict',
  'snapshot-not-restorable': 'conflict',
  'too-many-snapshots': 'exhausted',
  'platform-not-able': 'conflict',
  'power-schedule-exists': 'conflict',
  'confirmation-wrong': 'invalid',
  'address-held-already': 'conflict',
  'cloud-still-shows-it': 'upstream',
} as const satisfies Record<string, FaultKind>
export type FaultCode = keyof typeof faultCodes

export type FaultParameters = Readonly<Record<string, string | number | boolean | null>>

/** An expected refusal or a failure, as it is stored and passed about. */
export interface Fault {
  readonly code: FaultCode
  readonly parameters: FaultParameters
  /** A cloud's own words; shown to operators, never translated. */
  readonly words?: string
}

export const fault = (code: FaultCode, parameters: FaultParameters = {}, words?: string): Fault =>
  words === undefined ? { code, parameters } : { code, parameters, words }

export const isFaultCode = (text: string): text is FaultCode => Object.hasOwn(faultCodes, text)
export const faultKind = (code: FaultCode): FaultKind => faultCodes[code]
export const faultStatus = (code: FaultCode): number => faultKinds[faultCodes[code]]
