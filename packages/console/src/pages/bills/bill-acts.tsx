import { type Bill, billClose, billCorrect, billExport } from '@yiduo/contract'
import { Typography } from 'antd'
import { client } from '../../api/client.ts'
import { ActButton } from '../../components/act-dialog.tsx'
import { ExportButton } from '../../components/export-button.tsx'
import { FormButton } from '../../components/form-dialog.tsx'
import { ChoiceItem, DateItem, NumberItem, WordsItem } from '../../components/form-items.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { now } from '../../now.ts'
import { dayOf } from '../../ui/day.ts'
import { useFormats } from '../../ui/format.ts'

interface Of {
  readonly bill: Bill
}

const thisMonth = (): string => dayOf(now()).slice(0, 7)

/** Once and for ever: the month is typed again by whoever does it. */
const CloseButton = ({ bill: { organisationId, month } }: Of) => {
  const { t } = useTranslation()
  const { month: monthWord } = useFormats()
  return (
    <ActButton
      operation={billClose}
      label={t('money.close')}
      button={{ type: 'primary' }}
      danger
      confirmation={month}
      callOf={() => ({ params: { organisationId, month } })}
    >
      <Typography.Paragraph>{t('money.closeHint', { month: monthWord(month) })}</Typography.Paragraph>
    </ActButton>
  )
}

interface Values {
  readonly month: string
  readonly position?: number
  readonly yuan: number
  readonly reason: string
}

/** A closed month is never edited: what was wrong is put right by a line of the open one. */
const CorrectButton = ({ bill }: Of) => {
  const { t } = useTranslation()
  const { money } = useFormats()
  return (
    <FormButton<typeof billCorrect, Values>
      operation={billCorrect}
      label={t('money.correct')}
      initial={{ month: thisMonth() }}
      callOf={({ month, position, yuan, reason }) => ({
        params: { organisationId: bill.organisationId, month },
        body: {
          correctsMonth: bill.month,
          ...(position === undefined ? {} : { correctsPosition: position }),
          amountYuanE4: Math.round(yuan * 100) * 100,
          reason: reason.trim(),
        },
      })}
    >
      <Typography.Paragraph type="secondary">{t('money.correctHint')}</Typography.Paragraph>
      <DateItem of="month" name="month" label={t('money.correctIn')} />
      <ChoiceItem
        name="position"
        label={t('money.correctLine')}
        placeholder={t('money.correctWhole')}
        options={bill.lines.map((it) => ({
          value: it.position,
          label: `${it.resourceName} · ${it.componentName} · ${money(it.amountYuanE4)}`,
        }))}
        optional
      />
      <NumberItem
        name="yuan"
        label={t('money.correctAmount')}
        extra={t('money.correctAmountHint')}
        min={-10_000_000_000}
        max={10_000_000_000}
        precision={2}
      />
      <WordsItem name="reason" label={t('money.reason')} />
    </FormButton>
  )
}

/** What can be done with a bill in its state. */
export const BillActs = ({ bill }: Of) => {
  const { t } = useTranslation()
  const { organisationId, month } = bill
  return (
    <>
      {bill.state === 'provisional' && month < thisMonth() && <CloseButton bill={bill} />}
      {bill.state === 'closed' && <CorrectButton bill={bill} />}
      <ExportButton
        label={t('money.export')}
        ask={() => client().call(billExport, { params: { organisationId, month }, query: { format: 'xlsx' } })}
      />
    </>
  )
}
