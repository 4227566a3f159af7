import { fromId, type OperationSpec, type Role } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import type { Read } from '../acts/reads.ts'

/** Those who run the cloud for others. */
const operating: readonly Role[] = ['operator', 'security-operator']

const isOperating = (act: Act, now: Date): boolean =>
  act.caller.kind === 'person' &&
  act.caller.grants.some((it) => operating.includes(it.role) && !it.lentBy && (it.until === null || it.until > now))

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const ownerOf = (value: unknown): string | null =>
  isRecord(value) && typeof value.organisationId === 'string' ? fromId('organisation', value.organisationId) : null

const nounOf = ({ name }: OperationSpec): string => name.slice(0, name.indexOf('.'))

/** A file, and the trail itself: on record whoever takes it. */
const alwaysOnRecord = (spec: OperationSpec, params: unknown, query: unknown): Read => {
  const given = isRecord(params) ? params : {}
  const on = Object.values(given).at(-1)
  return {
    on: typeof on === 'string' ? on : nounOf(spec),
    organisationId: ownerOf(given),
    ...(query === undefined ? {} : { after: query }),
    always: true,
  }
}

/** What somebody who runs the cloud saw of other organisations; null where it was nothing. */
const foreignRead = (spec: OperationSpec, own: string, answer: unknown): Read | null => {
  if (!isRecord(answer)) return null
  if (!Array.isArray(answer.items)) {
    const owner = ownerOf(answer)
    const on = typeof answer.id === 'string' ? answer.id : nounOf(spec)
    return owner === null || owner === own ? null : { on, organisationId: owner, always: false }
  }
  const owners = answer.items.map(ownerOf).filter((it) => it !== null && it !== own)
  if (owners.length === 0) return null
  const [one = null, ...others] = new Set(owners)
  const organisationId = others.length === 0 ? one : null
  return { on: nounOf(spec), organisationId, after: { count: owners.length }, always: false }
}

/** What of an answer must be on record as having been read; acts put themselves there. */
export const sensitiveRead = (
  spec: OperationSpec,
  { act, params, query }: { readonly act: Act; readonly params: unknown; readonly query: unknown },
  answer: unknown,
  now: Date,
): Read | null => {
  if (!spec.http.startsWith('GET ') || act.caller.kind !== 'person') return null
  if (spec.reading === 'acts') return null
  if (spec.file || spec.reading === 'on-record') return alwaysOnRecord(spec, params, query)
  return isOperating(act, now) ? foreignRead(spec, act.caller.organisationId, answer) : null
}
