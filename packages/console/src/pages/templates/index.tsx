import { Link, useNavigate } from '@tanstack/react-router'
import { type Template, templateList, templateStates } from '@yiduo/contract'
import { Select } from 'antd'
import { useMemo } from 'react'
import { usePages } from '../../api/answers.ts'
import { CreateTemplate } from '../../components/catalogue/template-forms.tsx'
import { OrganisationName } from '../../components/names.tsx'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Instant } from '../../ui/clock.tsx'
import { useFormats } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'

const useColumns = (): readonly TableColumn<Template>[] => {
  const { t } = useTranslation()
  const word = useWord()
  const { money, instant } = useFormats()
  return useMemo(
    () => [
      {
        id: 'name',
        title: t('clouds.name'),
        width: 220,
        grow: 2,
        cell: (it) => <Link to={paths.template(it.id)}>{it.name}</Link>,
        value: (it) => it.name,
      },
      {
        id: 'state',
        title: t('requests.state'),
        width: 100,
        cell: (it) => <StateTag of="templateState" state={it.state} />,
        value: (it) => word('templateState', it.state),
      },
      {
        id: 'organisation',
        title: t('templates.whose'),
        width: 180,
        grow: 1,
        cell: (it) =>
          it.organisationId === null ? t('templates.everybody') : <OrganisationName id={it.organisationId} />,
        value: (it) => it.organisationId ?? t('templates.everybody'),
      },
      {
        id: 'price',
        title: t('requests.price'),
        width: 130,
        align: 'end',
        cell: (it) => (it.monthlyPriceYuanE4 === null ? '–' : money(it.monthlyPriceYuanE4)),
        value: (it) => it.monthlyPriceYuanE4 && it.monthlyPriceYuanE4 / 10_000,
      },
      {
        id: 'updatedAt',
        title: t('requests.updatedAt'),
        width: 170,
        cell: (it) => <Instant at={it.updatedAt} />,
        value: (it) => instant(it.updatedAt),
      },
    ],
    [t, word, money, instant],
  )
}

/** Templates of whole applications in every state, for those who make them. */
export const TemplatesPage = () => {
  const { t } = useTranslation()
  const word = useWord()
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
          <Select
            allowClear
            aria-label={t('requests.state')}
            placeholder={t('requests.anyState')}
            style={{ width: 150 }}
            value={state}
            onChange={(next) => setFilters({ state: next })}
            options={templateStates.map((it) => ({ value: it, label: word('templateState', it) }))}
          />
        }
      />
    </Page>
  )
}
