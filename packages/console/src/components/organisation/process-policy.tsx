import { type ProcessPolicy, processPolicyGet, processPolicySet } from '@yiduo/contract'
import { useAnswer } from '../../api/answers.ts'
import { useTranslation } from '../../i18n/index.ts'
import { Asked, Waiting } from '../../ui/asked.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Section } from '../../ui/page.tsx'
import { FormButton } from '../form-dialog.tsx'
import { NumberItem, TagsItem } from '../form-items.tsx'

interface Values {
  readonly graceDays: number
  readonly recycleDays: number
  readonly noticeDays: readonly string[]
}

const daysOf = (words: readonly string[]): number[] =>
  [...new Set(words.map(Number).filter((it) => Number.isInteger(it) && it >= 1 && it <= 90))].toSorted((a, b) => b - a)

const EditPolicy = ({ policy }: { readonly policy: ProcessPolicy }) => {
  const { t } = useTranslation()
  const { organisationId, graceDays, recycleDays, noticeDays } = policy
  return (
    <FormButton<typeof processPolicySet, Values>
      operation={processPolicySet}
      label={t('states.edit')}
      button={{ size: 'small' }}
      initial={{ graceDays, recycleDays, noticeDays: noticeDays.map(String) }}
      edits={{ name: t('organisations.policy') }}
      callOf={(values) => ({
        params: { organisationId },
        body: {
          graceDays: values.graceDays,
          recycleDays: values.recycleDays,
          ...(daysOf(values.noticeDays).length > 0 ? { noticeDays: daysOf(values.noticeDays) } : {}),
        },
      })}
    >
      <NumberItem name="graceDays" label={t('organisations.graceDays')} max={365} />
      <NumberItem
        name="recycleDays"
        label={t('organisations.recycleDays')}
        extra={t('organisations.recycleDaysHint')}
        max={365}
      />
      <TagsItem name="noticeDays" label={t('organisations.noticeDays')} placeholder="30, 7, 1" />
    </FormButton>
  )
}

/** How long the process of an operator waits. */
export const ProcessPolicySection = ({ organisationId }: { readonly organisationId: string }) => {
  const { t } = useTranslation()
  const asked = useAnswer(processPolicyGet, { params: { organisationId } })
  const days = (count: number) => t('states.time.days', { count })
  return (
    <Section title={t('organisations.policy')} extra={asked.data && <EditPolicy policy={asked.data} />}>
      <Asked of={asked} waiting={<Waiting rows={2} />}>
        {({ graceDays, recycleDays, noticeDays }) => (
          <Facts
            of={[
              { label: t('organisations.graceDays'), value: days(graceDays) },
              { label: t('organisations.recycleDays'), value: days(recycleDays) },
              { label: t('organisations.noticeDays'), value: noticeDays.map(days).join(', ') },
            ]}
          />
        )}
      </Asked>
    </Section>
  )
}
