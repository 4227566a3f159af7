import { type Delegation, delegationCreate, delegationEnd, delegationList } from '@yiduo/contract'
import { Tag, Typography } from 'antd'
import { useAnswer } from '../api/answers.ts'
import { useSession } from '../api/session.ts'
import { ActButton } from '../components/act-dialog.tsx'
import { FormButton } from '../components/form-dialog.tsx'
import { DateItem, TextItem, WordsItem } from '../components/form-items.tsx'
import { useTranslation } from '../i18n/index.ts'
import { now } from '../now.ts'
import { Asked } from '../ui/asked.tsx'
import { Instant } from '../ui/clock.tsx'
import { dayOf, endOfDay } from '../ui/day.ts'
import { Nothing } from '../ui/nothing.tsx'
import { Page, Section } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'

interface Values {
  readonly delegateLogin: string
  readonly lastDay: string
  readonly reason?: string
}

const CreateDelegation = () => {
  const { t } = useTranslation()
  return (
    <FormButton<typeof delegationCreate, Values>
      operation={delegationCreate}
      label={t('delegations.create')}
      button={{ type: 'primary' }}
      callOf={({ delegateLogin, lastDay, reason }) => ({
        body: { delegateLogin: delegateLogin.trim(), endsAt: endOfDay(lastDay), ...(reason ? { reason } : {}) },
      })}
    >
      <TextItem
        name="delegateLogin"
        label={t('delegations.delegate')}
        extra={t('delegations.delegateHint')}
        maxLength={63}
      />
      <DateItem name="lastDay" label={t('delegations.lastDay')} min={dayOf(now())} />
      <WordsItem name="reason" label={t('delegations.reason')} optional />
    </FormButton>
  )
}

type State = 'ended' | 'coming' | 'running'

const stateOf = ({ endedAt, endsAt, startsAt }: Delegation): State => {
  if (endedAt !== null || Date.parse(endsAt) <= now()) return 'ended'
  return Date.parse(startsAt) > now() ? 'coming' : 'running'
}

const colours = { ended: 'default', coming: 'warning', running: 'success' } as const

const Delegations = ({ items }: { readonly items: readonly Delegation[] }) => {
  const { t } = useTranslation()
  const { person } = useSession()
  return (
    <PlainTable
      label={t('pages.delegations')}
      rows={items}
      idOf={(it) => it.id}
      columns={[
        { id: 'person', title: t('delegations.person'), cell: (it) => it.personLogin },
        { id: 'delegate', title: t('delegations.delegate'), cell: (it) => it.delegateLogin },
        { id: 'from', title: t('delegations.from'), cell: (it) => <Instant at={it.startsAt} /> },
        { id: 'until', title: t('delegations.until'), cell: (it) => <Instant at={it.endedAt ?? it.endsAt} /> },
        {
          id: 'state',
          title: t('requests.state'),
          cell: (it) => (
            <Tag color={colours[stateOf(it)]} variant="filled">
              {t(`delegations.states.${stateOf(it)}`)}
            </Tag>
          ),
        },
        { id: 'reason', title: t('delegations.reason'), cell: (it) => it.reason || '–' },
        {
          id: 'end',
          title: t('oversight.acts'),
          cell: (it) =>
            stateOf(it) !== 'ended' &&
            it.personId === person.id && (
              <ActButton
                operation={delegationEnd}
                label={t('delegations.end')}
                button={{ size: 'small' }}
                callOf={() => ({ params: { delegationId: it.id } })}
              >
                <Typography.Paragraph>{t('delegations.endHint')}</Typography.Paragraph>
              </ActButton>
            ),
        },
      ]}
    />
  )
}

/** What I let colleagues decide while I am away, and what they let me decide. */
export const DelegationsPage = () => {
  const { t } = useTranslation()
  const asked = useAnswer(delegationList, {})
  return (
    <Page title={t('pages.delegations')} hint={t('delegations.hint')} actions={<CreateDelegation />}>
      <Section title={t('pages.delegations')}>
        <Asked of={asked}>
          {({ items }) =>
            items.length === 0 ? <Nothing words={t('delegations.empty')} /> : <Delegations items={items} />
          }
        </Asked>
      </Section>
    </Page>
  )
}
