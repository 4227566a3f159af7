import type { AnyCall, Client, OperationSpec } from '@yiduo/contract'

export interface Page {
  readonly items: readonly unknown[]
  readonly nextCursor?: string | null
}

/** Pages of a list, one after the other, as large as they come. */
export async function* pagesOf(client: Client, operation: OperationSpec, call: AnyCall): AsyncGenerator<Page> {
  let cursor = call.query?.cursor
  for (;;) {
    const query = { limit: 500, ...call.query, ...(cursor ? { cursor } : {}) }
    const page = (await client.send(operation, { ...call, query })) as Page // the contract's shape of every list
    yield page
    if (!page.nextCursor) return
    cursor = page.nextCursor
  }
}
