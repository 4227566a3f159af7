import { type ClosingPolicy, closingPolicyGet, closingPolicySet } from '@yiduo/contract'
import { Typography } from 'antd'
import { useAnswer } from '../../api/answers.ts'
import { FormButton } from '../../components/form-dialog.tsx'
import { ChoiceItem, NumberItem } from '../../components/form-items.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { Asked, Waiting } from '../../ui/asked.tsx'
import { Section } from '../../ui/page.tsx'

const dayKinds = ['calendar-day', 'working-day'] as const

export const Closing = () => {
  const { t } = useTranslation()
  const asked = useAnswer(closingPolicyGet, {})
  const edit = asked.data && (
    <FormButton<typeof closingPolicySet, ClosingPolicy>
      operation={closingPolicySet}
      label={t('states.edit')}
      button={{ size: 'small' }}
      initial={asked.data}
      edits={{ name: t('rules.closing') }}
      callOf={(body) => ({ body })}
    >
      <ChoiceItem
        name="dayKind"
        label={t('rules.dayKind')}
        options={dayKinds.map((it) => ({ value: it, label: t(`rules.dayKinds.${it}`) }))}
      />
      <NumberItem name="day" label={t('rules.day')} min={1} max={20} />
      <NumberItem name="hour" label={t('rules.hour')} max={23} />
    </FormButton>
  )
  return (
    <Section title={t('rules.closing')} extra={edit}>
      <Asked of={asked} waiting={<Waiting rows={1} />}>
        {({ dayKind, day, hour }) => (
          <>
            <div>{t('rules.closes', { kind: t(`rules.dayKinds.${dayKind}`), day, hour })}</div>
            <Typography.Text type="secondary">{t('rules.closingHint')}</Typography.Text>
          </>
        )}
      </Asked>
    </Section>
  )
}
