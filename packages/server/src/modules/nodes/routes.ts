import {
  dataCentreCreate,
  dataCentreEdit,
  dataCentreList,
  hostList,
  linkCreate,
  linkEdit,
  linkList,
  nodeCreate,
  nodeList,
  platformAdd,
  platformEdit,
  platformGet,
  platformList,
  platformProbe,
  poolList,
} from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { NodeService } from './service.ts'

export const routeNodes = (bind: Bind, nodes: NodeService): void => {
  bind(nodeList, ({ act, query }) => nodes.listNodes(act, query))
  bind(nodeCreate, ({ act, body }) => nodes.createNode(act, body))
  bind(dataCentreList, ({ act, query }) => nodes.listDataCentres(act, query))
  bind(dataCentreCreate, ({ act, body }) => nodes.createDataCentre(act, body))
  bind(dataCentreEdit, ({ act, params, body, revision }) =>
    nodes.editDataCentre(act, params.dataCentreId, body, revision),
  )
  bind(linkList, ({ act, query }) => nodes.listLinks(act, query))
  bind(linkCreate, ({ act, body }) => nodes.createLink(act, body))
  bind(linkEdit, ({ act, params, body, revision }) => nodes.editLink(act, params.linkId, body, revision))
  bind(platformList, ({ act, query, locale }) => nodes.listPlatforms(act, query, locale))
  bind(platformGet, ({ act, params, locale }) => nodes.getPlatform(act, params.platformId, locale))
  bind(platformAdd, ({ act, body, locale }) => nodes.addPlatform(act, body, locale))
  bind(platformEdit, ({ act, params, body, revision, locale }) =>
    nodes.editPlatform(act, params.platformId, body, revision, locale),
  )
  bind(platformProbe, ({ act, params, locale }) => nodes.probePlatform(act, params.platformId, locale))
  bind(hostList, ({ act, query }) => nodes.listHosts(act, query))
  bind(poolList, ({ act, query }) => nodes.listPools(act, query))
}
