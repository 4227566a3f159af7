import { type Grant, grantList, roles } from '@yiduo/contract'
import { Button, Flex, Select } from 'antd'
import { useMemo, useState } from 'react'
import { usePages } from '../api/answers.ts'
import { GrantActs } from '../components/grant/grant-acts.tsx'
import { GrantDrawer } from '../components/grant/grant-drawer.tsx'
import { GrantState } from '../components/grant/grant-state.tsx'
import { RoleFilter } from '../components/grant/role-filter.tsx'
import { OrganisationName, PersonName } from '../components/names.tsx'
import { useTranslation, useWord } from '../i18n/index.ts'
import { useFormats } from '../ui/format.ts'
import { Page } from '../ui/page.tsx'
import { useFilters } from '../ui/search.ts'
import { useColumnKit } from '../ui/table/column-kit.tsx'
import type { TableColumn } from '../ui/table/columns.ts'
import { List } from '../ui/table/list.tsx'
import { TextFilter } from '../ui/table/text-filter.tsx'

const useColumns = (onShow: (grant: Grant) => void): readonly TableColumn<Grant>[] => {
  const { t } = useTranslation()
  const column = useColumnKit()
  const word = useWord()
  const { day } = useFormats()
  return useMemo(
    () => [
      {
        id: 'person',
        title: t('grants.person'),
        width: 160,
        grow: 1,
        cell: (it) => <PersonName id={it.personId} />,
        value: (it) => it.personId,
      },
      column.text('role', t('oversight.role'), 100, (it) => t(`shell.roles.${it.role}`)),
      {
        id: 'organisation',
        title: t('oversight.organisation'),
        width: 120,
        grow: 1,
        cell: (it) => <OrganisationName id={it.organisationId} />,
        value: (it) => it.organisationId,
      },
      column.text('reach', t('oversight.reach'), 130, (it) => t(`terms.reaches.${it.reach}`)),
      {
        id: 'state',
        title: t('oversight.grantState'),
        width: 200,
        cell: (it) => <GrantState grant={it} />,
        value: (it) => word('grantState', it.state),
      },
      column.text('until', t('oversight.until'), 110, (it) =>
        it.lastsUntil ? day(it.lastsUntil) : t('oversight.forever'),
      ),
      column.instant('lastUsedAt', t('grants.lastUsedAt'), 165, (it) => it.lastUsedAt, { hidden: true }),
      {
        id: 'acts',
        title: t('oversight.acts'),
        width: 235,
        cell: (it) => (
          <Flex gap={8}>
            <Button size="small" onClick={() => onShow(it)}>
              {t('oversight.show')}
            </Button>
            {it.state === 'pending' && <GrantActs grant={it} />}
          </Flex>
        ),
        value: () => null,
      },
    ],
    [t, column, word, day, onShow],
  )
}

const pendings = ['true', 'false'] as const

/** Everybody's grants; those that wait for a second security administrator are confirmed or declined here. */
export const GrantsPage = () => {
  const { t } = useTranslation()
  const [shown, setShown] = useState<Grant | null>(null)
  const columns = useColumns(setShown)
  const [filters, setFilters] = useFilters(['text', 'role', 'pending'])
  const pending = pendings.find((it) => it === filters.pending)
  const role = roles.find((it) => it === filters.role)
  const pages = usePages(grantList, {
    text: filters.text,
    role,
    ...(pending ? { pending: pending === 'true' } : {}),
  })
  const close = () => setShown(null)
  return (
    <Page title={t('pages.grants')} hint={t('grants.hint')} filled>
      <List
        id="grants"
        label={t('pages.grants')}
        columns={columns}
        pages={pages}
        idOf={(it) => it.id}
        filtered={Object.keys(filters).length > 0}
        onClearFilters={() => setFilters({ text: undefined, role: undefined, pending: undefined })}
        empty={{ words: t('grants.empty') }}
        filters={
          <>
            <TextFilter label={t('grants.find')} value={filters.text} onChange={(text) => setFilters({ text })} />
            <RoleFilter value={filters.role} onChange={(next) => setFilters({ role: next })} />
            <Select
              allowClear
              aria-label={t('grants.pending')}
              placeholder={t('grants.pending')}
              style={{ width: 170 }}
              value={pending}
              onChange={(next) => setFilters({ pending: next })}
              options={pendings.map((it) => ({ value: it, label: t(`grants.pendings.${it}`) }))}
            />
          </>
        }
      />
      {shown && <GrantDrawer grant={shown} acts={<GrantActs grant={shown} onDone={close} />} onClose={close} />}
    </Page>
  )
}
