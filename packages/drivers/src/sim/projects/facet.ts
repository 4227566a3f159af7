import { done, type ProjectsFacet } from '@yiduo/driver-api'
import type { SimCaller } from '../call.ts'
import { isMissing } from '../clouds/model.ts'
import { vanished } from '../refusals.ts'
import { removeNow } from '../removals/remove.ts'
import { upsertProject } from './store.ts'

export const createProjects = (caller: SimCaller): ProjectsFacet => ({
  ensure: (ask) =>
    caller.change('projects.ensure', 'projects', async ({ database, cloud, now }) => {
      const limited = !isMissing(cloud, 'projectQuotas')
      const wanted = limited ? ask : { ...ask, quota: null }
      const row = await upsertProject(database, cloud.name, wanted, limited ? cloud.defaultQuota : null, now)
      return row === null ? vanished('project', ask.mark) : done({ projectId: row.id })
    }),

  remove: (what) =>
    caller.change('projects.remove', 'projects', (call) =>
      removeNow(call, 'project', { mark: what.mark, externalId: what.projectId, projectId: null }),
    ),
})
