import { useNavigate } from '@tanstack/react-router'
import { type DemandPlan, demandPlanCompare, demandPlanList } from '@yiduo/contract'
import { InputNumber, Tabs } from 'antd'
import { useMemo } from 'react'
import { usePages } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { OrganisationName } from '../../components/names.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'
import { Comparison } from './comparison.tsx'
import { WritePlan } from './lines-form.tsx'

const useColumns = (): readonly TableColumn<DemandPlan>[] => {
  const { t } = useTranslation()
  const column = useColumnKit()
  return useMemo(
    () => [
      column.link('year', t('demand.year'), 110, {
        name: (it) => String(it.year),
        to: (it) => paths.demandPlan(it.id),
      }),
      {
        id: 'organisation',
        title: t('oversight.organisation'),
        width: 220,
        grow: 1,
        cell: (it) => <OrganisationName id={it.organisationId} />,
        value: (it) => it.organisationId,
      },
      column.state(t('requests.state'), 110, { words: 'demandPlanState', state: (it) => it.state }),
      column.text('lines', t('demand.lines'), 90, (it) => it.lines.length, { align: 'end' }),
      column.instant('updatedAt', t('requests.updatedAt'), 170, (it) => it.updatedAt),
    ],
    [t, column],
  )
}

const Plans = ({ year }: { readonly year: number | undefined }) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const columns = useColumns()
  const [, setFilters] = useFilters(['year'])
  const pages = usePages(demandPlanList, year ? { year } : {})
  const write = <WritePlan onDone={({ id }) => void navigate({ to: paths.demandPlan(id) })} />
  return (
    <List
      id="demand-plans"
      label={t('pages.demandPlans')}
      columns={columns}
      pages={pages}
      idOf={(it) => it.id}
      pathOf={(it) => paths.demandPlan(it.id)}
      filtered={year !== undefined}
      onClearFilters={() => setFilters({ year: undefined })}
      empty={{ words: t('demand.empty'), action: write }}
      filters={
        <InputNumber
          aria-label={t('demand.year')}
          placeholder={t('demand.year')}
          min={2_020}
          max={2_099}
          value={year ?? null}
          onChange={(next) => setFilters({ year: next ? String(next) : undefined })}
        />
      }
    />
  )
}

const tabNames = ['plans', 'comparison'] as const

export const DemandPlansPage = () => {
  const { t } = useTranslation()
  const may = useMay()
  const navigate = useNavigate()
  const [filters, setFilters] = useFilters(['tab', 'year'])
  const shown = may(demandPlanCompare) ? tabNames : tabNames.slice(0, 1)
  const tab = shown.find((it) => it === filters.tab) ?? 'plans'
  const year = filters.year && /^20\d\d$/.test(filters.year) ? Number(filters.year) : undefined
  return (
    <Page
      title={t('pages.demandPlans')}
      hint={t('demand.hint')}
      actions={<WritePlan onDone={({ id }) => void navigate({ to: paths.demandPlan(id) })} />}
      filled
    >
      {shown.length > 1 && (
        <Tabs
          activeKey={tab}
          onChange={(next) => setFilters({ tab: next === 'plans' ? undefined : next })}
          items={shown.map((it) => ({ key: it, label: t(`demand.tabs.${it}`) }))}
        />
      )}
      {tab === 'plans' ? <Plans year={year} /> : <Comparison year={year} />}
    </Page>
  )
}
