/** Where something must be undone, whatever comes in between. */
export interface Scope {
  later(undo: () => Promise<void>): void
  /** Undoes everything, the last first, though one may fail; answers the failures. */
  close(): Promise<readonly unknown[]>
}

export const createScope = (): Scope => {
  const undos: (() => Promise<void>)[] = []
  return {
    later: (undo) => void undos.push(undo),
    close: async () => {
      const failures: unknown[] = []
      for (let undo = undos.pop(); undo !== undefined; undo = undos.pop())
        await undo().catch((error: unknown) => void failures.push(error))
      return failures
    },
  }
}
