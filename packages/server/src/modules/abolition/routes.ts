import { organisationAbolish } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { AbolitionService } from './service.ts'

export const routeAbolition = (bind: Bind, abolition: AbolitionService): void => {
  bind(organisationAbolish, ({ act, params, body }) => abolition.abolish(act, params.organisationId, body))
}
