import { fromId, type OperationSpec, type Role } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import type { Read } from '../acts/reads.ts'

/** Those who run the cloud for others, and to whom they have lent it. */
const operating: readonly Role[] = ['operator', 'security-operator']

const isOperating = (act: Act, now: Date): boolean =>
  act.caller.kind === 'person' &&
  act.caller.grants.some((it) => operating.includes(it.role) && (it.until === null || it.until > now))

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const ownerOf = (value: unknown): string | null =>
  isRecord(value) && typeof value.organisationId === 'string' ? fromId('organisation', value.organisationId) : null

const nounOf = ({ name }: OperationSpec): string => name.slice(0, name.indexOf('.'))

/** A file, and the trail itself: on record whoever takes it. */
const alwaysOnRecord = (spec: OperationSpec, params: unknown, query: unknown): Read => {
  const given = isRecord(params) ? params : {}
  const on = Object.values(given).at(-1)
  const owner = ownerOf(given)
  return {
    on: typeof on === 'string' ? on : nounOf(spec),
    organisationId: owner,
    owners: owner === null ? [] : [owner],
    ...(query === undefined ? {} : { after: query }),
    when: 'always',
  }
}

interface Shown {
  /** Typed id of the one thing that it shows; null of a list. */
  readonly id: string | null
  /** An owner for each thing that has one. */
  readonly owners: readonly string[]
  readonly count: number
}

const shownIn = (answer: unknown): Shown | null => {
  if (!isRecord(answer)) return null
  const items: readonly unknown[] = Array.isArray(answer.items) ? answer.items : [answer]
  const id = typeof answer.id === 'string' ? answer.id : null
  return { id, owners: items.flatMap((it) => ownerOf(it) ?? []), count: items.length }
}

/** `after` says of a list how much of it was. */
const readOf = (spec: OperationSpec, { id, owners, count }: Shown, when: Read['when']): Read => {
  const [one = null, ...others] = new Set(owners)
  return {
    on: id ?? nounOf(spec),
    organisationId: others.length === 0 ? one : null,
    owners: [...new Set(owners)],
    ...(id === null ? { after: { count } } : {}),
    when,
  }
}

/** What somebody who runs the cloud saw of other organisations; null where it was nothing. */
const foreignRead = (spec: OperationSpec, own: string, shown: Shown): Read | null => {
  const owners = shown.owners.filter((it) => it !== own)
  return owners.length === 0 ? null : readOf(spec, { ...shown, owners, count: owners.length }, 'at-times')
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
  const operates = isOperating(act, now)
  const shown = operates || act.emergency ? shownIn(answer) : null
  if (!shown) return null
  const foreign = operates ? foreignRead(spec, act.caller.organisationId, shown) : null
  if (foreign || !act.emergency || shown.count === 0) return foreign
  return readOf(spec, shown, 'in-emergency')
}
