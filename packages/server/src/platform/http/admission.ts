import { type Fault, type FaultCode, faultCodes, type OperationSpec, operationNameOf } from '@yiduo/contract'
import type { FastifyRequest } from 'fastify'
import type { Caller, Scope } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import { FaultError } from '../../kernel/refusal.ts'
import type { NoteRefusal, Tried } from '../acts/refusals.ts'
import { authorise } from './authority.ts'
import type { RateLimits } from './rate-limits.ts'
import { bringsSession, tokenOf } from './session-cookie.ts'

interface Admitted {
  readonly caller: Caller
  readonly scope: Scope
}

/** Whether somebody wants in. What takes a form is told by a server for all its people: for it that is no limit. */
const isLogIn = ({ access, http, form }: OperationSpec): boolean =>
  access === 'public' && http.startsWith('POST ') && form !== true

/** As whom somebody wants in; not checked yet. */
const loginIn = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'login' in body ? body.login : null

/** Refused for what holds between posts, people and organisations, though not for want of a grant. */
const ofDuties: ReadonlySet<FaultCode> = new Set([
  'duties-not-separated',
  'post-not-for-services',
  'last-security-admin',
  'organisation-ended',
  'person-ended',
])

/** They are entries already, written by whoever counts them. */
const counted: ReadonlySet<FaultCode> = new Set([
  'log-in-refused',
  'second-factor-wrong',
  'sign-on-refused',
  'sign-on-not-linked',
  'certificate-not-trusted',
])

/** Whether what was tried is on record though nothing was done. An absent thing may be a foreign one. */
const isOnRecord = ({ code }: Fault): boolean => {
  const kind = faultCodes[code]
  if (kind === 'unauthenticated') return !counted.has(code)
  if (kind === 'forbidden' || kind === 'limited' || ofDuties.has(code)) return true
  return code === 'not-found' || code === 'logout-token-invalid'
}

const nounOf = ({ name }: OperationSpec): string => name.slice(0, name.indexOf('.'))

const typedId = /^[a-z]{2,4}_[0-9a-z]{26}$/

/** What was not checked yet is not repeated unless it can be nothing but an id: a path may hold anything. */
const targetOf = (spec: OperationSpec, params: unknown): string => {
  const given = typeof params === 'object' && params !== null ? Object.values(params) : []
  const ids = given.filter((it): it is string => typeof it === 'string' && typedId.test(it))
  return ids.at(-1) ?? nounOf(spec)
}

const homeOf = (caller: Caller): string | null => (caller.kind === 'person' ? caller.organisationId : null)

export interface AdmissionDependencies {
  readonly clock: Clock
  readonly authenticate: (token: string) => Promise<Caller>
  readonly limits: RateLimits
  readonly noteRefusal: NoteRefusal
}

/** Who may come in to an operation, and a word in the trail about those who may not. */
export const createAdmission = ({ clock, authenticate, limits, noteRefusal }: AdmissionDependencies) => {
  const note = (
    spec: OperationSpec,
    request: FastifyRequest,
    it: Pick<Tried, 'caller' | 'code' | 'on' | 'organisationId'>,
  ) => noteRefusal({ ...it, operation: operationNameOf(spec), address: request.ip, trace: request.id })
  const admitted = async (spec: OperationSpec, request: FastifyRequest, known: (caller: Caller) => void) => {
    const nobody: Caller = { kind: 'nobody' }
    const token = spec.access === 'public' ? null : tokenOf(request)
    if (isLogIn(spec)) await limits.ofLogIn(request, loginIn(request.body))
    const caller = token === null ? nobody : await authenticate(token)
    known(caller)
    if (token !== null) await limits.ofCaller(request, caller, token)
    return { caller, scope: authorise(spec, caller, clock.now()) }
  }
  return {
    /**
     * Of what an admitted caller was refused by the operation itself. What they do not find is beyond their organisation,
     * and so is the word of it: its own auditors would learn ids of others.
     */
    refused(spec: OperationSpec, request: FastifyRequest, caller: Caller, fault: Fault): void {
      if (!isOnRecord(fault)) return
      const organisationId = fault.code === 'not-found' ? null : homeOf(caller)
      note(spec, request, { caller, code: fault.code, on: targetOf(spec, request.params), organisationId })
    },
    /** @throws FaultError */
    async admit(spec: OperationSpec, request: FastifyRequest): Promise<Admitted> {
      let caller: Caller = { kind: 'nobody' }
      try {
        return await admitted(spec, request, (it) => {
          caller = it
        })
      } catch (error) {
        // Who comes without anything is no more than lost.
        const comes = spec.access === 'public' || bringsSession(request)
        if (error instanceof FaultError && comes && isOnRecord(error.fault))
          note(spec, request, {
            ...{ caller, code: error.fault.code, organisationId: homeOf(caller) },
            on: nounOf(spec), // nothing was looked for yet
          })
        throw error
      }
    },
  }
}
