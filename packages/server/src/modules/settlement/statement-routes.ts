import {
  discountList,
  discountSet,
  statementAnswer,
  statementConfirm,
  statementCountersign,
  statementDispute,
  statementExport,
  statementGet,
  statementList,
  statementSign,
} from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { createStatements } from './statement.ts'

export const routeStatements = (bind: Bind, statements: ReturnType<typeof createStatements>): void => {
  bind(statementList, ({ act, query }) => statements.list(act, query))
  bind(statementGet, ({ act, params }) => statements.get(act, params.statementId))
  const moves = [
    ['confirm', statementConfirm],
    ['dispute', statementDispute],
    ['answer', statementAnswer],
    ['sign', statementSign],
    ['countersign', statementCountersign],
  ] as const
  for (const [event, spec] of moves)
    bind(spec, ({ act, params, body }) => statements.move(act, params.statementId, event, body.remark ?? ''))
  bind(statementExport, ({ act, params, query, locale }) =>
    statements.export(act, params.statementId, query.format, locale),
  )
  bind(discountList, ({ act, params }) => statements.discounts(act, params.organisationId))
  bind(discountSet, ({ act, params, body }) => statements.setDiscount(act, params.organisationId, body))
}
