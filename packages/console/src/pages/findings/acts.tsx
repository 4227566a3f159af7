import { type Finding, findingAnswer, findingClose, findingOrder } from '@yiduo/contract'
import { Typography } from 'antd'
import { ActButton } from '../../components/act-dialog.tsx'
import { FormButton } from '../../components/form-dialog.tsx'
import { DateItem, WordsItem } from '../../components/form-items.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { now } from '../../now.ts'
import { dayOf } from '../../ui/day.ts'

interface Of {
  readonly finding: Finding
}

interface Order {
  readonly dueOn: string
  readonly remark?: string
}

const longestAnswer = 4_000

const Order = ({ finding: { id, state, dueOn } }: Of) => {
  const { t } = useTranslation()
  return (
    <FormButton<typeof findingOrder, Order>
      operation={findingOrder}
      label={t(dueOn === null ? 'findings.order' : 'findings.orderAgain')}
      {...(state === 'raised' ? { button: { type: 'primary' as const } } : {})}
      callOf={({ dueOn: day, remark }) => ({
        params: { findingId: id },
        body: { dueOn: day, ...(remark ? { remark } : {}) },
      })}
    >
      <DateItem name="dueOn" label={t('findings.dueOn')} min={dayOf(now())} />
      <WordsItem name="remark" label={t('findings.requirement')} optional />
    </FormButton>
  )
}

const Answer = ({ finding: { id, answer } }: Of) => {
  const { t } = useTranslation()
  return (
    <FormButton<typeof findingAnswer, { readonly answer: string }>
      operation={findingAnswer}
      label={t('findings.answer')}
      button={{ type: 'primary' }}
      initial={answer === null ? {} : { answer }}
      callOf={(body) => ({ params: { findingId: id }, body })}
    >
      <WordsItem name="answer" label={t('findings.answered')} maxLength={longestAnswer} />
    </FormButton>
  )
}

const Close = ({ finding: { id, state } }: Of) => {
  const { t } = useTranslation()
  return (
    <ActButton
      operation={findingClose}
      label={t('findings.close')}
      {...(state === 'answered' ? { button: { type: 'primary' as const } } : {})}
      remark="optional"
      callOf={(remark) => ({ params: { findingId: id }, body: remark ? { remark } : {} })}
    >
      <Typography.Paragraph>{t('findings.closeHint')}</Typography.Paragraph>
    </ActButton>
  )
}

/** What its state lets be done; who may do which, the buttons know. */
export const FindingActs = ({ finding }: Of) => {
  if (finding.state === 'closed') return null
  return (
    <>
      <Close finding={finding} />
      <Order finding={finding} />
      {finding.state !== 'raised' && <Answer finding={finding} />}
    </>
  )
}
