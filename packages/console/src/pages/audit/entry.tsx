import { Link } from '@tanstack/react-router'
import type { AuditEntry } from '@yiduo/contract'
import { Drawer, Typography } from 'antd'
import { useActorWord, useActWord } from '../../components/act-word.ts'
import { OrganisationName, ThingName } from '../../components/names.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Instant } from '../../ui/clock.tsx'
import { Difference } from '../../ui/difference.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Section } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'

/** Why it was refused, and how often like it was tried within the minute after; as the trail keeps attempts. */
const refusalOf = ({ outcome, after }: AuditEntry): { readonly code: string; readonly more: number } | null => {
  if (outcome !== 'refused' || typeof after !== 'object' || after === null) return null
  const { code, more }: { readonly code?: unknown; readonly more?: unknown } = after
  return typeof code === 'string' ? { code, more: typeof more === 'number' ? more : 0 } : null
}

/** One entry whole: who, where from, what it changed, and where in the chain it lies. */
export const Entry = ({ entry, onClose }: { readonly entry: AuditEntry; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const act = useActWord()
  const who = useActorWord()
  const refusal = refusalOf(entry)
  return (
    <Drawer open onClose={onClose} size="large" title={act(entry.operation)}>
      <Section title={t('oversight.operation')}>
        <Facts
          of={[
            { label: t('oversight.at'), value: <Instant at={entry.at} exact /> },
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
            { label: t('oversight.target'), value: <ThingName id={entry.target} name={entry.targetName} /> },
            { label: t('trail.targetId'), value: <Typography.Text copyable>{entry.target}</Typography.Text> },
            entry.organisationId !== null && {
              label: t('oversight.organisation'),
              value: <OrganisationName id={entry.organisationId} />,
            },
            { label: t('trail.outcome'), value: <StateTag of="auditOutcome" state={entry.outcome} /> },
            refusal && { label: t('trail.refusedFor'), value: <code>{refusal.code}</code> },
            refusal !== null &&
              refusal.more > 0 && { label: t('trail.more'), value: t('trail.moreValue', { count: refusal.more }) },
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
      {!refusal && (
        <Section title={t('oversight.difference')}>
          <Difference before={entry.before} after={entry.after} />
        </Section>
      )}
    </Drawer>
  )
}
