import { type Fault, fault } from '@yiduo/contract'
import {
  type Done,
  type Driver,
  done,
  type Failure,
  failure,
  isDone,
  isFailure,
  type Observed,
  type ObservedKind,
} from '@yiduo/driver-api'

/** More than any cloud has; a listing that goes past either never ends. */
const most = { pages: 20_000, things: 5_000_000 }

/** Of hosts, images and the like, which are held in memory at once. */
const mostHeld = 200_000

/** Why a listing was not complete, as it is stored; null where it was. */
export const faultOf = (listed: Done<unknown> | Failure): Fault | null =>
  isDone(listed) ? null : fault(listed.code, {}, listed.words)

const endless = (kind: ObservedKind, why: string): Failure =>
  failure('permanent', 'cloud-answer-unreadable', `the list of ${kind}s never ends: ${why}`)

/** Hands over everything of one kind, page by page, and answers how many that were; the first failure ends it. */
export const eachPage = async (
  driver: Driver,
  kind: ObservedKind,
  take: (items: readonly Observed[]) => Promise<void> | void,
  mostThings = most.things,
): Promise<Done<number> | Failure> => {
  let cursor: string | null = null
  let count = 0
  for (let pages = 1; pages <= most.pages; pages++) {
    const page: Awaited<ReturnType<Driver['list']>> = await driver.list(kind, cursor)
    if (isFailure(page)) return page
    if (!isDone(page))
      return failure('transient', 'cloud-answer-unreadable', `listing ${kind}s came to ${page.outcome}`)
    const { items, complete, nextCursor } = page.value
    count += items.length
    if (count > mostThings) return endless(kind, `${count} things`)
    await take(items)
    if (complete) return done(count)
    if (nextCursor === null)
      return failure('transient', 'cloud-answer-unreadable', `the list of ${kind}s was cut short`)
    if (nextCursor === cursor) return endless(kind, `after ${cursor} comes ${nextCursor}`)
    cursor = nextCursor
  }
  return endless(kind, `${most.pages} pages`)
}

/** Everything of one kind at once; for what a cloud has few of. */
export const listAll = async (driver: Driver, kind: ObservedKind): Promise<Done<readonly Observed[]> | Failure> => {
  const items: Observed[] = []
  const take = (page: readonly Observed[]) => {
    for (const item of page) items.push(item)
  }
  const listed = await eachPage(driver, kind, take, mostHeld)
  return isDone(listed) ? done(items) : listed
}
