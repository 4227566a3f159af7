import { done, type ProjectsFacet } from '@yiduo/driver-api'
import type { SimCaller } from '../call.ts'
import { isMissing } from '../clouds/model.ts'
import { vanished } from '../refusals.ts'
import { removeNow } from '../removals/remove.ts'
import { upsertProject } from './store.ts'

/** The one project of a credential that may make none; it carries no mark of ours and is never removed. */
const shared = { mark: 'shared', name: 'shared' }

export const createProjects = (caller: SimCaller): ProjectsFacet => ({
  ensure: (ask) =>
    caller.change('projects.ensure', null, async ({ database, cloud, now }) => {
      const limited = !isMissing(cloud, 'projectQuotas')
      const project = isMissing(cloud, 'projects') ? { ...ask, ...shared } : ask
      const wanted = limited ? project : { ...project, quota: null }
      const row = await upsertProject(database, cloud.name, wanted, limited ? cloud.defaultQuota : null, now)
      return row === null ? vanished('project', ask.mark) : done({ projectId: row.id })
    }),

  remove: (what) =>
    caller.change('projects.remove', null, async (call) =>
      isMissing(call.cloud, 'projects')
        ? done(null)
        : removeNow(call, 'project', { mark: what.mark, externalId: what.projectId, projectId: null }),
    ),
})
