import { done, type ServerGroupsFacet } from '@yiduo/driver-api'
import type { SimCaller } from '../call.ts'
import { vanished } from '../refusals.ts'
import { removeNow } from '../removals/remove.ts'
import { upsertServerGroup } from './store.ts'

export const createServerGroups = (caller: SimCaller): ServerGroupsFacet => ({
  ensure: (ask) =>
    caller.change('serverGroups.ensure', 'serverGroups', async ({ database, cloud, now }) => {
      const row = await upsertServerGroup(database, cloud.name, { ...ask, projectId: ask.project.projectId }, now)
      return row === null ? vanished('project', ask.project.projectId) : done({ serverGroupId: row.id })
    }),
  remove: (what) =>
    caller.change('serverGroups.remove', 'serverGroups', (call) =>
      removeNow(call, 'server_group', { ...what, projectId: what.project.projectId }),
    ),
})
