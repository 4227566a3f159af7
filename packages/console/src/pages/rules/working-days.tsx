import { type WorkingDay, workingDayList, workingDaySet } from '@yiduo/contract'
import { InputNumber, Tag, Typography } from 'antd'
import { useState } from 'react'
import { useAnswer } from '../../api/answers.ts'
import { FormButton } from '../../components/form-dialog.tsx'
import { CheckItem, DateItem, TextItem } from '../../components/form-items.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { now } from '../../now.ts'
import { Asked, Waiting } from '../../ui/asked.tsx'
import { dayOf } from '../../ui/day.ts'
import { useFormats } from '../../ui/format.ts'
import { Section } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'

const SetDay = () => {
  const { t } = useTranslation()
  return (
    <FormButton<typeof workingDaySet, WorkingDay>
      operation={workingDaySet}
      label={t('rules.setDay')}
      button={{ size: 'small' }}
      initial={{ working: false }}
      callOf={({ day, working = false, source }) => ({ params: { day }, body: { working, source } })}
    >
      <DateItem name="day" label={t('rules.date')} />
      <CheckItem name="working" label={t('rules.working')} />
      <TextItem name="source" label={t('rules.source')} extra={t('rules.sourceHint')} maxLength={200} />
    </FormButton>
  )
}

/** Days that differ from the week: clocks of offices stand still on the one kind, and run on the other. */
export const WorkingDays = () => {
  const { t } = useTranslation()
  const { day } = useFormats()
  const [year, setYear] = useState(Number(dayOf(now()).slice(0, 4)))
  const asked = useAnswer(workingDayList, { query: { year } }, { keepPrevious: true })
  return (
    <Section title={t('rules.workingDays')} extra={<SetDay />}>
      <Typography.Paragraph type="secondary">{t('rules.workingDaysHint')}</Typography.Paragraph>
      <InputNumber
        aria-label={t('demand.year')}
        min={2_020}
        max={2_099}
        value={year}
        onChange={(next) => next && setYear(next)}
      />
      <Asked of={asked} waiting={<Waiting rows={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <Typography.Paragraph type="secondary">{t('rules.noDays')}</Typography.Paragraph>
          ) : (
            <PlainTable
              label={t('rules.workingDays')}
              rows={items}
              idOf={(it) => it.day}
              columns={[
                { id: 'day', title: t('rules.date'), cell: (it) => day(`${it.day}T12:00:00Z`) },
                {
                  id: 'working',
                  title: t('requests.state'),
                  cell: (it) => (
                    <Tag color={it.working ? 'warning' : 'success'} variant="filled">
                      {t(it.working ? 'rules.worked' : 'rules.free')}
                    </Tag>
                  ),
                },
                { id: 'source', title: t('rules.source'), cell: (it) => it.source || '–' },
              ]}
            />
          )
        }
      </Asked>
    </Section>
  )
}
