import type { Outcome } from './outcome.ts'

/** What one server used within the time asked for, as the provider counts it. */
export interface ServerUsage {
  readonly projectId: string
  readonly serverId: string
  readonly name: string
  readonly serverHours: number
  readonly vcpuHours: number
  readonly memoryMibHours: number
  /** Of its system disk, as its size says. */
  readonly diskGibHours: number
}

export interface UsagePage {
  readonly items: readonly ServerUsage[]
  readonly nextCursor: string | null
  /** On the last page only. */
  readonly complete: boolean
}

/** The provider's own report, against which its claims are reconciled. */
export interface UsageFacet {
  /** Everyone's within `[from, to)`, also of servers that are gone; `cursor` null for the first page. */
  report(ask: { from: Date; to: Date }, cursor: string | null): Promise<Outcome<UsagePage>>
}
