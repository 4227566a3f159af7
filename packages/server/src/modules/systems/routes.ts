import { systemCreate, systemGet, systemList } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { SystemService } from './service.ts'

export const routeSystems = (bind: Bind, systems: SystemService): void => {
  bind(systemList, ({ act, query }) => systems.list(act, query))
  bind(systemGet, ({ act, params }) => systems.get(act, params.systemId))
  bind(systemCreate, ({ act, body }) => systems.create(act, body))
}
