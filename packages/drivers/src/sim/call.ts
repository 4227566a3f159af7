import { setTimeout as pause } from 'node:timers/promises'
import { type CapabilityName, type Connection, type Failure, failure, type Outcome } from '@yiduo/driver-api'
import { cloudNamed } from './clouds/create.ts'
import { isMissing, type SimCloud } from './clouds/model.ts'
import { lockCloud } from './clouds/store.ts'
import type { SimDatabase } from './database.ts'
import type { SimCallName, SimFault } from './faults/model.ts'
import { admit, loseHost } from './faults/store.ts'

/** What an effect works with: the cloud as it is now, under its lock if the call changes something. */
export interface SimCall {
  readonly database: SimDatabase
  readonly cloud: SimCloud
  readonly now: Date
  readonly markPrefix: string
  /** What this call makes is ordered to end broken. */
  readonly breaks: boolean
}

export type Effect<T> = (call: SimCall) => Promise<Outcome<T>>

export interface SimCaller {
  read<T>(name: SimCallName, effect: Effect<T>): Promise<Outcome<T>>
  /** In one transaction under the cloud's lock; `needs`, where there is one, must not be missing there. */
  change<T>(name: SimCallName, needs: CapabilityName | null, effect: Effect<T>): Promise<Outcome<T>>
}

/** Lets calls through to the simulated world as a real way to a real cloud would: late, refused, lost. */
export const createCaller = (database: SimDatabase, connection: Connection): SimCaller => {
  const cloudName = cloudNameOf(connection.endpoint)

  const pass = async <T>(name: SimCallName, effect: Effect<T>): Promise<Outcome<T>> => {
    const row = cloudName === null ? null : await admit(database, cloudName, name)
    if (row === null)
      return failure('permanent', 'cloud-endpoint-wrong', `No simulated cloud answers at ${connection.endpoint}`)
    const fault = row.mode === null ? null : { mode: row.mode, parameter: row.parameter ?? {} }
    const refusal = refusalOf(fault) ?? unknownCredential(row, connection)
    const delayMs = row.callLatencyMs + (fault?.parameter.delayMs ?? 0)
    if (delayMs > 0) await pause(Math.min(delayMs, connection.callLimitMs))
    if (refusal) return refusal
    const outcome = await effect({
      database,
      cloud: row,
      now: connection.now(),
      markPrefix: connection.markPrefix,
      breaks: fault?.mode === 'broken',
    })
    if (fault?.mode === 'hostDisappears') await loseHost(database, row.name, fault.parameter.hostName ?? null)
    return fault?.mode === 'lostAfter' || delayMs > connection.callLimitMs ? unheard : outcome
  }

  const read = <T>(name: SimCallName, effect: Effect<T>): Promise<Outcome<T>> => answering(() => pass(name, effect))
  return {
    read,
    change: (name, needs, effect) =>
      read(name, async (call) => {
        if (needs !== null && isMissing(call.cloud, needs)) return unsupportedHere(call.cloud, needs)
        return database.transaction(async (tx) => {
          await lockCloud(tx, call.cloud.name, call.now)
          return effect({ ...call, database: tx })
        })
      }),
  }
}

export const unsupportedHere = (cloud: SimCloud, name: CapabilityName): Failure =>
  failure('permanent', 'cloud-unsupported', cloud.missing[name]?.words ?? `This cloud has no ${name}`)

const cloudNameOf = (endpoint: string): string | null => {
  const name = endpoint.startsWith('sim://') ? endpoint.slice('sim://'.length).replace(/\/$/, '') : ''
  return cloudNamed.test(name) ? name : null
}

const unheard = failure('transient', 'cloud-timeout', 'No answer within the time limit')

const refusalOf = (fault: SimFault | null): Failure | null => {
  switch (fault?.mode) {
    case 'down':
      return failure('transient', 'cloud-unreachable', 'connect ECONNREFUSED')
    case 'denied':
      return failure('denied', 'cloud-permission-missing', 'Policy does not allow this call (HTTP 403)')
    case 'error500':
      return failure('transient', 'cloud-internal-error', 'The server has encountered an error (HTTP 500)')
    case 'rateLimited':
      return failure('transient', 'cloud-rate-limited', 'Too many requests (HTTP 429)', fault.parameter.retryAfterMs)
    case 'quota':
      return failure('exhausted', 'cloud-quota-exceeded', 'Quota exceeded (HTTP 403)')
    case 'lostBefore':
      return unheard
    default:
      return null
  }
}

const unknownCredential = (cloud: SimCloud, connection: Connection): Failure | null =>
  connection.credential.token === cloud.token
    ? null
    : failure('denied', 'cloud-credentials-refused', 'The request requires authentication (HTTP 401)')

/** The database behind the simulation being away is this cloud being away; what else throws is a defect. */
const answering = async <T>(call: () => Promise<Outcome<T>>): Promise<Outcome<T>> => {
  try {
    return await call()
  } catch (error) {
    if (error instanceof Error && 'code' in error && passing.test(String(error.code)))
      return failure('transient', 'cloud-unreachable', `${error.code} ${error.message}`)
    throw error
  }
}

/** Node's network errors, and SQLSTATE classes 08 connection, 40 rollback, 53 resources, 57 intervention, 58 system. */
const passing = /^(E[A-Z]+|(08|40|53|57|58)[0-9A-Z]{3})$/
