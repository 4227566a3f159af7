import type { Static, TObject, TSchema } from 'typebox'
import type { FaultCode } from './fault.ts'
import type { FileContent } from './file.ts'

export type Text = { readonly 'zh-CN': string; readonly en: string }

/** What a session lacks before it is whole. */
export const entryStages = ['second-factor', 'password-change', 'second-factor-set-up'] as const
export type EntryStage = (typeof entryStages)[number]

/**
 * An operation is data: types, validation, OpenAPI, client, CLI, permission and audit name all come from it.
 * `faults` lists what is peculiar to it; what any operation can answer (validation, authority, absence) is implied.
 */
export interface OperationSpec {
  /** `resource.verb`: permission, audit action, CLI command and event name alike. */
  readonly name: string
  /** `METHOD /path/{parameter}` below `/api/v1`. */
  readonly http: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`
  readonly summary: Text
  readonly params?: TObject
  readonly query?: TObject
  readonly body?: TSchema
  /** Exactly one success status and its shape; null for an empty answer. */
  readonly answers: { readonly [status in 200 | 201 | 202 | 204]?: TSchema | null }
  /** A file of one of these media types stands in place of a JSON answer; `answers` is `{ 200: null }` then. */
  readonly file?: { readonly mediaTypes: readonly string[] }
  /** A file is sent in place of a JSON body: as it is, of a length that is said beforehand. */
  readonly upload?: true
  /** The body may come as a form (`application/x-www-form-urlencoded`), as another's protocol prescribes it. */
  readonly form?: true
  readonly faults?: readonly FaultCode[]
  /** `public`: no session needed. `self`: any session, for the caller's own things. */
  readonly access?: 'public' | 'self'
  /** At which steps of the log-in a session may do it already; of those with `self` alone. */
  readonly entering?: readonly EntryStage[]
  /** Destroys, grants, settles or switches over: where the policy says so, a second factor is proven shortly before. */
  readonly stepUp?: true
  /** `on-record`: that it was read is an entry of the audit trail, as with files. `acts`: it writes that entry itself. */
  readonly reading?: 'on-record' | 'acts'
  /** Columns the CLI's table shows first. */
  readonly columns?: readonly string[]
}

export const operation = <const S extends OperationSpec>(spec: S): S => spec

type Of<S, K extends string> = S extends Record<K, infer T> ? (T extends TSchema ? Static<T> : undefined) : undefined

export type ParamsOf<S extends OperationSpec> = Of<S, 'params'>
export type QueryOf<S extends OperationSpec> = Of<S, 'query'>
export type BodyOf<S extends OperationSpec> = Of<S, 'body'>
type Answers<S extends OperationSpec> = S['answers'][keyof S['answers']]
export type AnswerOf<S extends OperationSpec> = S extends { readonly file: object }
  ? FileContent
  : Answers<S> extends TSchema
    ? Static<Answers<S>>
    : null
