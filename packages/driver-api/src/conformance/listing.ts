import type { Observed, ObservedKind, Page } from '../inventory.ts'
import type { Outcome } from '../outcome.ts'
import { expectDone, expectEqual, expectThat } from './expect.ts'

/** Beyond this a listing is taken to be without end. */
const pageLimit = 100_000

/** Reads a listing to its end and holds every page to what `Page` promises. */
export const listWhole = async (
  list: (cursor: string | null) => Promise<Outcome<Page>>,
  kind: ObservedKind,
): Promise<readonly Observed[]> => {
  const items: Observed[] = []
  const seen = new Set<string>()
  let cursor: string | null = null
  for (let number = 1; number <= pageLimit; number += 1) {
    const what = `page ${number} of ${kind}`
    const page: Page = expectDone(await list(cursor), what)
    for (const item of page.items) {
      expectEqual(item.kind, kind, `${what}: kind`)
      expectThat(!seen.has(item.externalId), `${what} repeats ${item.externalId}`)
      seen.add(item.externalId)
      items.push(item)
    }
    expectEqual(page.count, items.length, `${what}: count`)
    expectEqual(page.nextCursor === null, page.complete, `${what}: complete means that no cursor follows`)
    if (page.complete) return items
    cursor = page.nextCursor
  }
  throw new Error(`the listing of ${kind} did not end after ${pageLimit} pages`)
}
