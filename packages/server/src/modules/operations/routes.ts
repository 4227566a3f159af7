import { operationGet, operationList, operationTakeBack } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { OperationService } from './service.ts'

export const routeOperations = (bind: Bind, operations: OperationService): void => {
  bind(operationList, ({ act, query, locale }) => operations.list(act, query, locale))
  bind(operationGet, ({ act, params, locale }) => operations.get(act, params.operationId, locale))
  bind(operationTakeBack, ({ act, params, locale }) => operations.takeBack(act, params.operationId, locale))
}
