import type { GrantReview } from '@yiduo/contract'
import { Button, Flex, Tag } from 'antd'
import { useMemo } from 'react'
import { GrantState } from '../../components/grant/grant-state.tsx'
import { OrganisationName } from '../../components/names.tsx'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { Due, Instant } from '../../ui/clock.tsx'
import { useFormats } from '../../ui/format.ts'
import { joined } from '../../ui/joined.ts'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { ReviewActs } from './acts.tsx'

const LastUse = ({ review: { grant, unused } }: { readonly review: GrantReview }) => {
  const { t } = useTranslation()
  return (
    <Flex gap={6} align="center">
      <Instant at={grant.lastUsedAt} none={t('grants.neverUsed')} />
      {unused && (
        <Tag color="warning" variant="filled">
          {t('grants.unused')}
        </Tag>
      )}
    </Flex>
  )
}

export const useReviewColumns = (onShow: (review: GrantReview) => void): readonly TableColumn<GrantReview>[] => {
  const { t } = useTranslation()
  const column = useColumnKit()
  const word = useWord()
  const { instant } = useFormats()
  return useMemo(
    () => [
      column.text('person', t('grants.person'), 170, (it) => joined([it.name, it.login]), { grow: 1 }),
      column.text('role', t('oversight.role'), 100, (it) => t(`shell.roles.${it.grant.role}`)),
      {
        id: 'organisation',
        title: t('oversight.organisation'),
        width: 130,
        grow: 1,
        cell: (it) => <OrganisationName id={it.grant.organisationId} />,
        value: (it) => it.grant.organisationId,
      },
      column.text('reach', t('oversight.reach'), 120, (it) => t(`terms.reaches.${it.grant.reach}`), { hidden: true }),
      {
        id: 'lastUsedAt',
        title: t('grants.lastUsedAt'),
        width: 185,
        cell: (it) => <LastUse review={it} />,
        value: (it) => it.grant.lastUsedAt && instant(it.grant.lastUsedAt),
      },
      {
        id: 'dueAt',
        title: t('grants.due'),
        width: 110,
        cell: (it) => <Due at={it.dueAt} />,
        value: (it) => instant(it.dueAt),
      },
      {
        id: 'reviewed',
        title: t('grants.reviewed'),
        width: 190,
        hidden: true,
        cell: (it) =>
          it.grant.reviewedAt === null
            ? t('grants.never')
            : t('grants.by', { at: instant(it.grant.reviewedAt), name: it.reviewedBy ?? '–' }),
        value: (it) => it.reviewedBy,
      },
      {
        id: 'state',
        title: t('oversight.grantState'),
        width: 200,
        hidden: true,
        cell: (it) => <GrantState grant={it.grant} />,
        value: (it) => word('grantState', it.grant.state),
      },
      {
        id: 'acts',
        title: t('oversight.acts'),
        width: 205,
        cell: (it) => (
          <Flex gap={8}>
            <Button size="small" onClick={() => onShow(it)}>
              {t('oversight.show')}
            </Button>
            <ReviewActs review={it} />
          </Flex>
        ),
        value: () => null,
      },
    ],
    [t, column, word, instant, onShow],
  )
}
