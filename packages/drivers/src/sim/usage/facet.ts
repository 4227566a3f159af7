import { done, type Outcome, type ServerUsage, type UsageFacet, type UsagePage } from '@yiduo/driver-api'
import { type SimCall, type SimCaller, unsupportedHere } from '../call.ts'
import { isMissing } from '../clouds/model.ts'
import { refused } from '../refusals.ts'
import { type UsageRow, usageOf } from './store.ts'

const pageSize = 500
const hourMs = 3_600_000

export const createUsage = (caller: SimCaller): UsageFacet => ({
  report: (ask, cursor) => caller.read('usage.report', (call) => report(call, ask, cursor)),
})

/** As Nova does it: with the size a server has now, or had at its end, for all the time. The cursor is a server's id. */
const report = async (
  { database, cloud, now }: SimCall,
  { from, to }: { readonly from: Date; readonly to: Date },
  cursor: string | null,
): Promise<Outcome<UsagePage>> => {
  if (isMissing(cloud, 'usage')) return unsupportedHere(cloud, 'usage')
  if (from >= to) return refused('The end of the time is not after its beginning')
  const until = to < now ? to : now
  const rows = await usageOf(database, cloud.name, { from, to: until, after: cursor ?? '', limit: pageSize + 1 })
  const complete = rows.length <= pageSize
  const items = rows.slice(0, pageSize).map(usageOfRow)
  return done({ items, complete, nextCursor: complete ? null : (items.at(-1)?.serverId ?? null) })
}

const usageOfRow = ({ projectId, serverId, name, ms, vcpus, memoryMib, diskGib }: UsageRow): ServerUsage => {
  const serverHours = ms / hourMs
  return {
    projectId,
    serverId,
    name,
    serverHours,
    vcpuHours: serverHours * vcpus,
    memoryMibHours: serverHours * memoryMib,
    diskGibHours: serverHours * diskGib,
  }
}
