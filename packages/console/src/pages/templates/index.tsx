import { useNavigate } from '@tanstack/react-router'
import { type Template, templateList, templateStates } from '@yiduo/contract'
import { useMemo } from 'react'
import { usePages } from '../../api/answers.ts'
import { CreateTemplate } from '../../components/catalogue/template-forms.tsx'
import { OrganisationName } from '../../components/names.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'
import { WordFilter } from '../../ui/table/word-filter.tsx'

const useColumns = (): readonly TableColumn<Template>[] => {
  const { t } = useTranslation()
  const column = useColumnKit()
  return useMemo(
    () => [
      column.link(
        'name',
        t('clouds.name'),
        220,
        { name: (it) => it.name, to: (it) => paths.template(it.id) },
        { grow: 2 },
      ),
      column.state(t('requests.state'), 100, { words: 'templateState', state: (it) => it.state }),
      {
        id: 'organisation',
        title: t('templates.whose'),
        width: 180,
        grow: 1,
        cell: (it) =>
          it.organisationId === null ? t('templates.everybody') : <OrganisationName id={it.organisationId} />,
        value: (it) => it.organisationId ?? t('templates.everybody'),
      },
      column.money('price', t('requests.price'), 130, (it) => it.monthlyPriceYuanE4),
      column.instant('updatedAt', t('requests.updatedAt'), 170, (it) => it.updatedAt),
    ],
    [t, column],
  )
}

/** Templates of whole applications in every state, for those who make them. */
export const TemplatesPage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const columns = useColumns()
  const [filters, setFilters] = useFilters(['state'])
  const state = templateStates.find((it) => it === filters.state)
  const pages = usePages(templateList, state ? { state } : {})
  const create = <CreateTemplate onDone={({ id }) => void navigate({ to: paths.template(id) })} />
  return (
    <Page title={t('pages.templates')} hint={t('templates.hint')} actions={create} filled>
      <List
        id="templates"
        label={t('pages.templates')}
        columns={columns}
        pages={pages}
        idOf={(it) => it.id}
        pathOf={(it) => paths.template(it.id)}
        filtered={state !== undefined}
        onClearFilters={() => setFilters({ state: undefined })}
        empty={{ words: t('templates.empty'), action: create }}
        filters={
          <WordFilter
            label={t('requests.state')}
            any={t('requests.anyState')}
            words="templateState"
            codes={templateStates}
            value={state}
            onChange={(next) => setFilters({ state: next })}
          />
        }
      />
    </Page>
  )
}
