import { type Budget, budgetList, budgetRemove, budgetSet } from '@yiduo/contract'
import { Flex, Form, Tag, Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { useTranslation } from '../../i18n/index.ts'
import { now } from '../../now.ts'
import { Asked, Waiting } from '../../ui/asked.tsx'
import { dayOf } from '../../ui/day.ts'
import { useFormats } from '../../ui/format.ts'
import { Meter } from '../../ui/meter.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Section } from '../../ui/page.tsx'
import { ActButton } from '../act-dialog.tsx'
import { FormButton } from '../form-dialog.tsx'
import { CheckItem, NumberItem, TagsItem, TextItem } from '../form-items.tsx'
import { SystemName } from '../names.tsx'
import { SystemSelect } from '../system-select.tsx'
import styles from './organisation.module.css'

interface Values {
  readonly period: string
  readonly systemId?: string
  readonly yuan: number
  readonly hard: boolean
  readonly percents?: readonly string[]
}

const percentsOf = (words: readonly string[] = []): number[] =>
  [...new Set(words.map(Number).filter((it) => Number.isInteger(it) && it > 0 && it <= 1_000))].toSorted(
    (a, b) => a - b,
  )

const bodyOf = ({ period, systemId, yuan, hard, percents }: Values) => ({
  period: period.trim(),
  ...(systemId ? { systemId } : {}),
  amountYuanE4: Math.round(yuan * 10_000),
  hard,
  ...(percentsOf(percents).length > 0 ? { warningPercents: percentsOf(percents) } : {}),
})

const AmountItems = () => {
  const { t } = useTranslation()
  return (
    <>
      <NumberItem name="yuan" label={t('organisations.budgetYuan')} max={10_000_000_000} precision={2} step={1_000} />
      <CheckItem name="hard" label={t('organisations.hard')} extra={t('organisations.hardHint')} />
      <TagsItem
        name="percents"
        label={t('organisations.warnAt')}
        extra={t('organisations.warnAtHint')}
        placeholder="80, 100"
        optional
      />
    </>
  )
}

const CreateBudget = ({ organisationId }: { readonly organisationId: string }) => {
  const { t } = useTranslation()
  return (
    <FormButton<typeof budgetSet, Values>
      operation={budgetSet}
      label={t('organisations.setBudget')}
      initial={{ period: dayOf(now()).slice(0, 4), hard: false, percents: ['80', '100'] }}
      callOf={(values) => ({ params: { organisationId }, body: bodyOf(values) })}
    >
      <TextItem name="period" label={t('organisations.period')} extra={t('organisations.periodHint')} maxLength={7} />
      <Form.Item name="systemId" label={t('organisations.budgetOf')}>
        <BudgetSystem organisationId={organisationId} />
      </Form.Item>
      <AmountItems />
    </FormButton>
  )
}

/** As fields of a form are: `value` and `onChange` come from the item around it. */
const BudgetSystem = ({
  organisationId,
  value,
  onChange,
}: {
  readonly organisationId: string
  readonly value?: string
  readonly onChange?: (systemId: string | undefined) => void
}) => {
  const { t } = useTranslation()
  return (
    <SystemSelect
      label={t('organisations.wholeOrganisation')}
      organisationId={organisationId}
      value={value}
      onChange={(systemId) => onChange?.(systemId)}
    />
  )
}

const BudgetActs = ({ budget }: { readonly budget: Budget }) => {
  const { t } = useTranslation()
  const { period, systemId, componentId, amountYuanE4, hard, warningPercents, organisationId } = budget
  const initial = { yuan: amountYuanE4 / 10_000, hard, percents: warningPercents.map(String) }
  return (
    <Flex gap={6}>
      <FormButton<typeof budgetSet, Omit<Values, 'period' | 'systemId'>>
        operation={budgetSet}
        label={t('states.edit')}
        button={{ size: 'small' }}
        initial={initial}
        edits={{ name: t('organisations.budgets') }}
        callOf={(values) => ({
          params: { organisationId },
          body: {
            ...bodyOf({ ...values, period, ...(systemId ? { systemId } : {}) }),
            ...(componentId ? { componentId } : {}),
          },
        })}
      >
        <AmountItems />
      </FormButton>
      <ActButton
        operation={budgetRemove}
        label={t('states.remove')}
        button={{ size: 'small' }}
        callOf={() => ({ params: { budgetId: budget.id } })}
      >
        <Typography.Paragraph>{t('organisations.removeBudgetHint')}</Typography.Paragraph>
      </ActButton>
    </Flex>
  )
}

const BudgetRow = ({ budget }: { readonly budget: Budget }) => {
  const { t } = useTranslation()
  const { money } = useFormats()
  return (
    <li className={styles.budget}>
      <Flex justify="space-between" gap={8} wrap align="center">
        <Flex gap={8} wrap align="center">
          <strong>{budget.period}</strong>
          {budget.systemId && <SystemName id={budget.systemId} />}
          <Tag>{t(budget.hard ? 'organisations.refuses' : 'organisations.warns')}</Tag>
        </Flex>
        <BudgetActs budget={budget} />
      </Flex>
      <Meter
        label={t('organisations.spent')}
        used={budget.spentYuanE4}
        limit={budget.amountYuanE4}
        show={money}
        none={t('oversight.noLimit')}
      />
      <Meter
        label={t('organisations.committed')}
        used={budget.committedYuanE4}
        limit={budget.amountYuanE4}
        show={money}
        none={t('oversight.noLimit')}
      />
    </li>
  )
}

/** What may be spent, what was, and what is already promised to the period's end. */
export const Budgets = ({ organisationId }: { readonly organisationId: string }) => {
  const { t } = useTranslation()
  const asked = useAnswer(budgetList, { params: { organisationId }, query: {} })
  const create = <CreateBudget organisationId={organisationId} />
  return (
    <Section title={t('organisations.budgets')} extra={create}>
      <Asked of={asked} waiting={<Waiting rows={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing words={t('organisations.noBudgets')} />
          ) : (
            <ul style={{ listStyle: 'none', margin: 0, padding: 0, maxWidth: 720 }}>
              {items.map((it) => (
                <BudgetRow key={it.id} budget={it} />
              ))}
            </ul>
          )
        }
      </Asked>
    </Section>
  )
}
