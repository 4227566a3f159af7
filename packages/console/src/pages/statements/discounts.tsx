import { discountList, discountSet } from '@yiduo/contract'
import { Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { FormButton } from '../../components/form-dialog.tsx'
import { DateItem, NumberItem } from '../../components/form-items.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { Asked, Waiting } from '../../ui/asked.tsx'
import { useFormats } from '../../ui/format.ts'
import { Section } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'

interface Values {
  readonly validFrom: string
  readonly percent: number
}

/** What the contract pays of the list price, from which month on. */
export const Discounts = ({ organisationId }: { readonly organisationId: string }) => {
  const { t } = useTranslation()
  const { month } = useFormats()
  const asked = useAnswer(discountList, { params: { organisationId } })
  const set = (
    <FormButton<typeof discountSet, Values>
      operation={discountSet}
      label={t('statements.setDiscount')}
      button={{ size: 'small' }}
      callOf={({ validFrom, percent }) => ({
        params: { organisationId },
        body: { validFrom, perMille: Math.round(percent * 10) },
      })}
    >
      <DateItem of="month" name="validFrom" label={t('money.from')} />
      <NumberItem
        name="percent"
        label={t('statements.percent')}
        extra={t('statements.percentHint')}
        max={100}
        precision={1}
        suffix="%"
      />
    </FormButton>
  )
  return (
    <Section title={t('statements.discounts')} extra={set}>
      <Asked of={asked} waiting={<Waiting rows={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <Typography.Text type="secondary">{t('statements.noDiscounts')}</Typography.Text>
          ) : (
            <PlainTable
              label={t('statements.discounts')}
              rows={items}
              idOf={(it) => it.validFrom}
              columns={[
                { id: 'from', title: t('money.from'), cell: (it) => month(it.validFrom) },
                {
                  id: 'percent',
                  title: t('statements.discount'),
                  align: 'end',
                  cell: (it) => t('statements.percentOf', { percent: it.perMille / 10 }),
                },
              ]}
            />
          )
        }
      </Asked>
    </Section>
  )
}
