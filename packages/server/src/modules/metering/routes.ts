import { usageExport, usageList } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { MeteringService } from './service.ts'

export const routeMetering = (bind: Bind, metering: MeteringService): void => {
  bind(usageList, ({ act, query }) => metering.list(act, query))
  bind(usageExport, ({ act, query, locale }) => metering.export(act, query, locale))
}
