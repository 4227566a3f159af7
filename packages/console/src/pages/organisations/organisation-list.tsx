import { actors, type Organisation, organisationList } from '@yiduo/contract'
import { Input, Select } from 'antd'
import { useMemo } from 'react'
import { usePages } from '../../api/answers.ts'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { useFilters } from '../../ui/search.ts'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'

/** The list is searched by two characters and more. */
const shortest = 2

const useColumns = (): readonly TableColumn<Organisation>[] => {
  const { t } = useTranslation()
  const column = useColumnKit()
  return useMemo(
    () => [
      column.link(
        'name',
        t('oversight.name'),
        220,
        { name: (it) => it.name, to: (it) => paths.organisation(it.id) },
        { grow: 2 },
      ),
      column.text('level', t('oversight.level'), 100, (it) => t(`terms.levels.${it.level}`)),
      column.text('actor', t('oversight.actorKind'), 150, (it) => t(`terms.actors.${it.actor}`)),
      column.text('division', t('oversight.division'), 130, (it) => it.divisionCode),
      {
        id: 'consolidates',
        title: t('oversight.consolidates'),
        width: 130,
        cell: (it) => (it.consolidates ? t('states.yes') : '–'),
        value: (it) => t(it.consolidates ? 'states.yes' : 'states.no'),
      },
    ],
    [t, column],
  )
}

/** Organisations one may see, or those right below one of them. */
export const OrganisationList = ({ parentId }: { readonly parentId?: string }) => {
  const { t } = useTranslation()
  const columns = useColumns()
  const [filters, setFilters] = useFilters(['text', 'actor'])
  const actor = actors.find((it) => it === filters.actor)
  const text = filters.text && filters.text.length >= shortest ? filters.text : undefined
  const pages = usePages(organisationList, {
    ...(actor ? { actor } : {}),
    ...(text ? { text } : {}),
    ...(parentId ? { parentId } : {}),
  })
  return (
    <List
      id="organisations"
      label={t('pages.organisations')}
      columns={columns}
      pages={pages}
      idOf={(it) => it.id}
      pathOf={(it) => paths.organisation(it.id)}
      filtered={actor !== undefined || text !== undefined}
      onClearFilters={() => setFilters({ text: undefined, actor: undefined })}
      empty={{ words: t('oversight.organisationsEmpty') }}
      filters={
        <>
          <Input.Search
            allowClear
            aria-label={t('oversight.find')}
            placeholder={t('oversight.find')}
            style={{ width: 260 }}
            maxLength={120}
            defaultValue={filters.text}
            onSearch={(next) => setFilters({ text: next.trim() || undefined })}
          />
          <Select
            allowClear
            aria-label={t('oversight.actorKind')}
            placeholder={t('oversight.actorKind')}
            style={{ width: 170 }}
            value={actor}
            onChange={(next) => setFilters({ actor: next })}
            options={actors.map((it) => ({ value: it, label: t(`terms.actors.${it}`) }))}
          />
        </>
      }
    />
  )
}
