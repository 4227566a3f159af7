import { emergencyAccessBegin, emergencyAccessEnd, emergencyMinutes, type SessionGrant } from '@yiduo/contract'
import { Alert, Typography } from 'antd'
import { ActButton } from '../components/act-dialog.tsx'
import { FormButton } from '../components/form-dialog.tsx'
import { NumberItem, WordsItem } from '../components/form-items.tsx'
import { useEmergencyGrants } from '../components/grant/emergency.ts'
import { OrganisationName } from '../components/names.tsx'
import { useTranslation } from '../i18n/index.ts'
import { Due } from '../ui/clock.tsx'
import { Facts } from '../ui/facts.tsx'
import { Nothing } from '../ui/nothing.tsx'
import { Page, Section } from '../ui/page.tsx'
import { StateTag } from '../ui/state-tag.tsx'

interface Of {
  readonly grant: SessionGrant
}

interface Values {
  readonly reason: string
  readonly minutes: number
}

const usualMinutes = 60

const Begin = ({ grant }: Of) => {
  const { t } = useTranslation()
  return (
    <FormButton<typeof emergencyAccessBegin, Values>
      operation={emergencyAccessBegin}
      label={t('grants.begin')}
      button={{ type: 'primary' }}
      initial={{ minutes: usualMinutes }}
      callOf={(body) => ({ params: { grantId: grant.id }, body })}
    >
      <Alert type="warning" showIcon title={t('grants.beginHint')} style={{ marginBottom: 16 }} />
      <WordsItem name="reason" label={t('grants.reason')} />
      <NumberItem
        name="minutes"
        label={t('grants.minutes')}
        min={1}
        max={emergencyMinutes}
        extra={t('grants.minutesHint')}
      />
    </FormButton>
  )
}

const End = ({ grant }: Of) => {
  const { t } = useTranslation()
  return (
    <ActButton
      operation={emergencyAccessEnd}
      label={t('grants.end')}
      danger
      button={{ danger: true }}
      callOf={() => ({ params: { grantId: grant.id } })}
    >
      <Typography.Paragraph>{t('grants.endHint')}</Typography.Paragraph>
    </ActButton>
  )
}

const One = ({ grant, awake }: Of & { readonly awake: boolean }) => {
  const { t } = useTranslation()
  return (
    <Section title={t(`shell.roles.${grant.role}`)} extra={awake ? <End grant={grant} /> : <Begin grant={grant} />}>
      <Facts
        of={[
          {
            label: t('oversight.grantState'),
            value: <StateTag of="grantState" state={awake ? 'awake' : 'asleep'} />,
          },
          {
            label: t('oversight.organisation'),
            value: <OrganisationName id={grant.organisationId} otherwise={t('grants.elsewhere')} />,
          },
          { label: t('oversight.reach'), value: t(`terms.reaches.${grant.reach}`) },
          awake && { label: t('grants.awakeUntil'), value: <Due at={grant.until} /> },
        ]}
      />
    </Section>
  )
}

/** Wakes what was granted to oneself for emergencies, with a reason that is told at once. */
export const EmergencyAccessPage = () => {
  const { t } = useTranslation()
  const own = useEmergencyGrants()
  return (
    <Page title={t('pages.emergencyAccess')} hint={t('grants.ownHint')}>
      {own.length === 0 && <Nothing words={t('grants.ownEmpty')} />}
      {own.map(({ grant, awake }) => (
        <One key={grant.id} grant={grant} awake={awake} />
      ))}
    </Page>
  )
}
