import type { ActName, EntryStage, Role } from '@yiduo/contract'

/** Rows a caller may touch: whole subtrees by path prefix, single organisations by id, or all. */
export interface Scope {
  readonly all: boolean
  readonly subtrees: readonly string[]
  readonly organisations: readonly string[]
}
export const everything: Scope = { all: true, subtrees: [], organisations: [] }
export const nothingAtAll: Scope = { all: false, subtrees: [], organisations: [] }

export interface HeldGrant {
  readonly id: string
  readonly role: Role
  readonly organisationId: string
  readonly organisationPath: string
  readonly reach: 'own' | 'subtree' | 'all'
  readonly until: Date | null
  /** Whose it is, where a colleague who is away has delegated it: good for deciding only. */
  readonly lentBy?: { readonly personId: string; readonly login: string }
  /** The operations it is good for, where a token for programs does not carry all of it. */
  readonly only?: readonly string[]
  /** It sleeps but for the hours for which its person has woken it. */
  readonly emergency?: boolean
}

/** A grant for emergencies that is awake, and how far the same act would reach without any such. */
export interface EmergencyAccess {
  readonly grantId: string
  readonly without: Scope
}

export type Caller =
  | {
      readonly kind: 'person'
      readonly personId: string
      readonly login: string
      readonly organisationId: string
      readonly sessionId: string
      /** What the session still lacks. */
      readonly stage: EntryStage | 'complete'
      /** Until when a second factor allows what needs one shortly before; null where none is asked for. */
      readonly provenUntil: Date | null
      /** What a token for programs may do; null of a session. */
      readonly operations: readonly string[] | null
      readonly grants: readonly HeldGrant[]
    }
  | { readonly kind: 'program'; readonly part: string }
  | { readonly kind: 'nobody' }

/** Who does what, under which authority, followed by which trace. The first argument of every use case. */
export interface Act {
  readonly caller: Caller
  /** Log-in of the person for whom a program goes on with what they decided. */
  readonly onBehalfOf: string | null
  readonly operation: ActName
  readonly scope: Scope
  /** Where a grant for emergencies lets the caller reach further than they could. */
  readonly emergency?: EmergencyAccess
  readonly trace: string
  readonly address: string | null
  /** What the caller's browser or program calls itself. */
  readonly agent: string | null
  readonly idempotency: { readonly key: string; readonly bodyHash: Buffer } | null
}

export const callerName = (caller: Caller): string => {
  switch (caller.kind) {
    case 'person':
      return caller.login
    case 'program':
      return caller.part
    case 'nobody':
      return 'nobody'
  }
}

/** An act of the program itself: a saga's step, a reconciler, the start-up. */
export const programAct = (part: string, operation: ActName, trace: string, onBehalfOf: string | null = null): Act => ({
  caller: { kind: 'program', part },
  onBehalfOf,
  operation,
  scope: everything,
  trace,
  address: null,
  agent: null,
  idempotency: null,
})
