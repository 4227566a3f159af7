import {
  type Statement,
  type StatementState,
  statementAnswer,
  statementConfirm,
  statementCountersign,
  statementDispute,
  statementExport,
  statementSign,
} from '@yiduo/contract'
import { Typography } from 'antd'
import { client } from '../../api/client.ts'
import { ActButton } from '../../components/act-dialog.tsx'
import { ExportButton } from '../../components/export-button.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { useFormats } from '../../ui/format.ts'

/** Steps of the three parties, each in the states that the server allows it in. */
const steps = [
  { verb: 'confirm', operation: statementConfirm, in: ['draft', 'disputed'], remark: 'optional' },
  { verb: 'dispute', operation: statementDispute, in: ['draft'], remark: 'required' },
  { verb: 'answer', operation: statementAnswer, in: ['disputed'], remark: 'required' },
  { verb: 'sign', operation: statementSign, in: ['confirmed', 'authority-signed'], remark: 'optional' },
  { verb: 'countersign', operation: statementCountersign, in: ['confirmed', 'operator-signed'], remark: 'optional' },
] as const satisfies readonly { readonly in: readonly StatementState[]; readonly [key: string]: unknown }[]

export const StatementActs = ({ statement }: { readonly statement: Statement }) => {
  const { t } = useTranslation()
  const { money } = useFormats()
  const params = { statementId: statement.id }
  const now = steps.filter((it) => it.in.some((state) => state === statement.state))
  return (
    <>
      {now.map(({ verb, operation, remark }) => (
        <ActButton
          key={verb}
          operation={operation}
          label={t(`statements.acts.${verb}`)}
          button={verb === 'dispute' ? {} : { type: 'primary' }}
          remark={remark}
          callOf={(words) => ({ params, body: { remark: words } })}
        >
          <Typography.Paragraph>
            {t(`statements.actHints.${verb}`, { amount: money(statement.amountYuanE4) })}
          </Typography.Paragraph>
        </ActButton>
      ))}
      <ExportButton
        label={t('statements.export')}
        ask={() => client().call(statementExport, { params, query: { format: 'xlsx' } })}
      />
    </>
  )
}
