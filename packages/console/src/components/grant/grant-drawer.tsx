import type { Grant } from '@yiduo/contract'
import { Drawer } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from '../../i18n/index.ts'
import { Instant } from '../../ui/clock.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Section } from '../../ui/page.tsx'
import { OrganisationName, PersonName } from '../names.tsx'
import { GrantState } from './grant-state.tsx'
import { ReachTree } from './reach-tree.tsx'

const By = ({ id }: { readonly id: string | null }) => {
  const { t } = useTranslation()
  return id === null ? <span>{t('grants.program')}</span> : <PersonName id={id} />
}

/** One grant whole: whose, since whose word, when it was last used, and what it reaches, drawn. */
export const GrantDrawer = ({
  grant,
  person,
  reviewedBy,
  acts,
  onClose,
}: {
  readonly grant: Grant
  /** By name, where that is known already. */
  readonly person?: string
  /** The log-in of whoever looked it over the last time, where that is known. */
  readonly reviewedBy?: string | null
  readonly acts: ReactNode
  readonly onClose: () => void
}) => {
  const { t } = useTranslation()
  const role = t(`shell.roles.${grant.role}`)
  return (
    <Drawer open onClose={onClose} size="large" title={t('grants.givenFor', { role })} extra={acts}>
      <Section title={t('request.overview')}>
        <Facts
          of={[
            { label: t('grants.person'), value: person ?? <PersonName id={grant.personId} /> },
            { label: t('oversight.role'), value: role },
            { label: t('oversight.organisation'), value: <OrganisationName id={grant.organisationId} /> },
            { label: t('oversight.reach'), value: t(`terms.reaches.${grant.reach}`) },
            { label: t('oversight.grantState'), value: <GrantState grant={grant} /> },
            {
              label: t('oversight.until'),
              value: <Instant at={grant.lastsUntil} none={t('oversight.forever')} />,
            },
            grant.pendingUntil !== null && {
              label: t('grants.pendingUntil'),
              value: <Instant at={grant.pendingUntil} />,
            },
            grant.provider === null
              ? { label: t('grants.askedBy'), value: <By id={grant.askedById} /> }
              : { label: t('grants.follows'), value: grant.provider.name },
            grant.confirmedById !== null && { label: t('grants.confirmedBy'), value: <By id={grant.confirmedById} /> },
            {
              label: t('grants.lastUsedAt'),
              value: <Instant at={grant.lastUsedAt} none={t('grants.neverUsed')} />,
            },
            grant.reviewedAt !== null && {
              label: t('grants.reviewed'),
              value: (
                <>
                  <Instant at={grant.reviewedAt} /> {reviewedBy}
                </>
              ),
            },
            grant.awakeReason !== null && { label: t('grants.lastReason'), value: grant.awakeReason },
          ]}
        />
      </Section>
      <Section title={t('grants.covers')}>
        <ReachTree organisationId={grant.organisationId} reach={grant.reach} />
      </Section>
    </Drawer>
  )
}
