import { Link } from '@tanstack/react-router'
import type { AuditEntry } from '@yiduo/contract'
import { Drawer, Typography } from 'antd'
import { useActorWord, useActWord } from '../../components/act-word.ts'
import { IdLink, OrganisationName } from '../../components/names.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Instant } from '../../ui/clock.tsx'
import { Difference } from '../../ui/difference.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Section } from '../../ui/page.tsx'

/** One entry whole: who, where from, what it changed, and where in the chain it lies. */
export const Entry = ({ entry, onClose }: { readonly entry: AuditEntry; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const act = useActWord()
  const who = useActorWord()
  return (
    <Drawer open onClose={onClose} size="large" title={act(entry.operation)}>
      <Section title={t('oversight.operation')}>
        <Facts
          of={[
            { label: t('oversight.at'), value: <Instant at={entry.at} /> },
            {
              label: t('oversight.actor'),
              value: entry.onBehalfOf
                ? `${who(entry.actor)} (${t('oversight.onBehalfOf', { name: entry.onBehalfOf })})`
                : who(entry.actor),
            },
            entry.actorOrganisationId !== null && {
              label: t('trail.actorOrganisation'),
              value: <OrganisationName id={entry.actorOrganisationId} />,
            },
            { label: t('oversight.target'), value: <IdLink id={entry.target} /> },
            entry.organisationId !== null && {
              label: t('oversight.organisation'),
              value: <OrganisationName id={entry.organisationId} />,
            },
            entry.emergencyGrantId !== null && {
              label: t('trail.byEmergency'),
              value: t('trail.emergencyHint'),
            },
            { label: t('oversight.address'), value: entry.address ?? '–' },
            { label: t('trail.position'), value: entry.position ?? t('trail.notSealed') },
            { label: t('oversight.trace'), value: <Typography.Text copyable>{entry.trace}</Typography.Text> },
            { label: t('trail.id'), value: <Typography.Text copyable>{entry.id}</Typography.Text> },
          ]}
        />
        <Link to={paths.audit()} search={{ trace: entry.trace }} onClick={onClose}>
          {t('trail.sameTrace')}
        </Link>
      </Section>
      <Section title={t('oversight.difference')}>
        <Difference before={entry.before} after={entry.after} />
      </Section>
    </Drawer>
  )
}
