import { orphanList, resourceGet, resourceList, snapshotList, wipeRecordList } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { ResourceService } from './service.ts'

export const routeResources = (bind: Bind, resources: ResourceService): void => {
  bind(resourceList, ({ act, query }) => resources.list(act, query))
  bind(wipeRecordList, ({ act, query }) => resources.listWiped(act, query))
  bind(snapshotList, ({ act, query }) => resources.listSnapshots(act, query))
  bind(orphanList, ({ act, query }) => resources.listOrphans(act, query))
  bind(resourceGet, ({ act, params }) => resources.get(act, params.resourceId))
}
