import { done, failure, isDone, type Observed, type Outcome, type Page } from '@yiduo/driver-api'
import type { Call, Cloud } from './cloud.ts'
import type { Shape } from './shape.ts'

type Links = readonly { readonly rel: string; readonly href: string }[] | undefined

export interface Sheet {
  readonly items: readonly Observed[]
  /** The cloud's link to what follows, or null on the last page. */
  readonly next: string | null
  /** The cloud cut the listing off without a way on. */
  readonly truncated?: boolean
}

/** Nova's own limit of a page; a larger wish is cut to it. */
export const pageLimit = 1_000

export const nextOf = (links: Links): string | null => links?.find((it) => it.rel === 'next')?.href ?? null

/**
 * One page by marker. The cursor is `<count so far>.<marker>`: of the cloud's link only the marker is used, for its
 * host is often the one that the cloud knows itself by, not the one we reach it at.
 */
export async function readPage<B>(
  cloud: Cloud,
  call: Call,
  shape: Shape<B>,
  cursor: string | null,
  read: (body: B) => Sheet | Promise<Outcome<Sheet>>,
): Promise<Outcome<Page>> {
  const [, before, marker] = /^(\d+)\.(.+)$/.exec(cursor ?? '') ?? []
  if (cursor !== null && marker === undefined)
    return failure('permanent', 'cloud-request-refused', 'not a cursor of ours')
  const answer = await cloud.ask({ ...call, query: { ...call.query, ...(marker ? { marker } : {}) } }, shape)
  if (!isDone(answer)) return answer
  const sheet = await read(answer.value)
  if ('outcome' in sheet && !isDone(sheet)) return sheet
  const { items, next, truncated } = 'outcome' in sheet ? sheet.value : sheet
  const count = Number(before ?? 0) + items.length
  const following = next === null ? null : markerOf(next)
  // Else the listing would pass for complete, or never end.
  if (next !== null && (following === null || following === marker))
    return failure('transient', 'cloud-answer-unreadable', `the link to the next page leads nowhere: ${next}`)
  return done({
    items,
    count,
    nextCursor: following === null ? null : `${count}.${following}`,
    complete: following === null && truncated !== true,
  })
}

function markerOf(link: string): string | null {
  // Glance links by path only.
  return new URL(link, 'http://unused').searchParams.get('marker')
}
