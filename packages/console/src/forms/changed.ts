/** What was not filled in is null; forms of the browser say it in three ways. */
const plain = (value: unknown): unknown => (value === undefined || value === '' ? null : value)

/**
 * What of the values is not as it was, emptied fields as null. An edit that says no more than this cannot undo what
 * somebody else has changed meanwhile.
 */
export const changedOf = <V extends object>(before: Partial<V>, values: V): { [K in keyof V]?: V[K] } =>
  // The same members with the same types, some of them left out.
  Object.fromEntries(
    Object.entries(values)
      .map(([key, value]) => [key, plain(value)] as const)
      .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(plain(before[key as keyof V]))),
  ) as { [K in keyof V]?: V[K] }
