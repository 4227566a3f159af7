import { type GrantReview, grantReviewKeep, grantReviewList, grantRevoke, roles } from '@yiduo/contract'
import { Button, Flex, Select } from 'antd'
import { useState } from 'react'
import { rowsOf, usePages } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { GrantDrawer } from '../../components/grant/grant-drawer.tsx'
import { RoleFilter } from '../../components/grant/role-filter.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { joined } from '../../ui/joined.ts'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import { List } from '../../ui/table/list.tsx'
import { TextFilter } from '../../ui/table/text-filter.tsx'
import { ReviewActs } from './acts.tsx'
import { type BulkAct, BulkReview } from './bulk-review.tsx'
import { useReviewColumns } from './columns.tsx'

const answers = ['true', 'false'] as const

/** Yes or no, or either. */
const EitherFilter = ({
  label,
  value,
  words,
  onChange,
}: {
  readonly label: string
  readonly value: string | undefined
  readonly words: Readonly<Record<'true' | 'false', string>>
  readonly onChange: (next: string | undefined) => void
}) => (
  <Select
    allowClear
    aria-label={label}
    placeholder={label}
    style={{ width: 170 }}
    value={answers.find((it) => it === value)}
    onChange={onChange}
    options={answers.map((it) => ({ value: it, label: words[it] }))}
  />
)

const asked = (value: string | undefined): boolean | undefined => (value === undefined ? undefined : value === 'true')

/** Grants to be looked over each half year, the longest unused first: kept or revoked, one or many. */
export const GrantReviewsPage = () => {
  const { t } = useTranslation()
  const may = useMay()
  const [filters, setFilters] = useFilters(['text', 'role', 'due', 'unused'])
  const [shown, setShown] = useState<GrantReview | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [bulk, setBulk] = useState<BulkAct | null>(null)
  const columns = useReviewColumns(setShown)
  const pages = usePages(grantReviewList, {
    text: filters.text,
    role: roles.find((it) => it === filters.role),
    due: asked(filters.due),
    unused: asked(filters.unused),
  })
  const items = rowsOf(pages).filter((it) => chosen.has(it.id))
  const close = () => setShown(null)
  const decides = may(grantReviewKeep)
  const words = (of: 'dues' | 'unuseds') => ({ true: t(`grants.${of}.true`), false: t(`grants.${of}.false`) })
  return (
    <Page title={t('pages.grantReviews')} hint={t('grants.reviewsHint')} filled>
      <List
        id="grant-reviews"
        label={t('pages.grantReviews')}
        columns={columns}
        pages={pages}
        idOf={(it) => it.id}
        filtered={Object.keys(filters).length > 0}
        onClearFilters={() => setFilters({ text: undefined, role: undefined, due: undefined, unused: undefined })}
        empty={{ words: t('grants.reviewsEmpty') }}
        {...(decides ? { selection: { ids: chosen, onChange: setChosen } } : {})}
        bulk={
          <Flex gap={8} wrap>
            {may(grantReviewKeep) && (
              <Button onClick={() => setBulk('keep')}>{t('grants.keepChosen', { count: items.length })}</Button>
            )}
            {may(grantRevoke) && (
              <Button danger onClick={() => setBulk('revoke')}>
                {t('grants.revokeChosen', { count: items.length })}
              </Button>
            )}
          </Flex>
        }
        filters={
          <>
            <TextFilter label={t('grants.find')} value={filters.text} onChange={(text) => setFilters({ text })} />
            <RoleFilter value={filters.role} onChange={(role) => setFilters({ role })} />
            <EitherFilter
              label={t('grants.due')}
              value={filters.due}
              words={words('dues')}
              onChange={(due) => setFilters({ due })}
            />
            <EitherFilter
              label={t('grants.lastUsedAt')}
              value={filters.unused}
              words={words('unuseds')}
              onChange={(unused) => setFilters({ unused })}
            />
          </>
        }
      />
      {shown && (
        <GrantDrawer
          grant={shown.grant}
          person={joined([shown.name, shown.login])}
          reviewedBy={shown.reviewedBy}
          acts={<ReviewActs review={shown} onDone={close} />}
          onClose={close}
        />
      )}
      {bulk && (
        <BulkReview
          act={bulk}
          items={items}
          onClose={() => {
            setBulk(null)
            setChosen(new Set())
          }}
        />
      )}
    </Page>
  )
}
