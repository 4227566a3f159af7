import { useNavigate } from '@tanstack/react-router'
import { nodeList, type Platform, platformAdd, platformList } from '@yiduo/contract'
import { Button, Select } from 'antd'
import { useMemo } from 'react'
import { useAnswer, usePages } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
import { OrganisationName } from '../../components/names.tsx'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'

const whole = { query: { limit: 500 } } as const

const useColumns = (): readonly TableColumn<Platform>[] => {
  const { t } = useTranslation()
  const column = useColumnKit()
  return useMemo(
    () => [
      column.link(
        'name',
        t('clouds.name'),
        190,
        { name: (it) => it.name, to: (it) => paths.platform(it.id) },
        { grow: 2 },
      ),
      column.state(t('requests.state'), 100, { words: 'platformState', state: (it) => it.state }),
      column.text('product', t('clouds.product'), 170, (it) => `${it.product ?? it.driver} ${it.version ?? ''}`, {
        grow: 1,
      }),
      {
        id: 'provider',
        title: t('clouds.provider'),
        width: 150,
        grow: 1,
        cell: (it) =>
          it.providerOrganisationId ? <OrganisationName id={it.providerOrganisationId} /> : t('clouds.noProvider'),
        value: (it) => it.providerOrganisationId,
      },
      {
        id: 'grade',
        title: t('clouds.securityGrade'),
        width: 110,
        cell: (it) => t('terms.grade', { grade: it.securityGrade }),
        value: (it) => it.securityGrade,
      },
      {
        id: 'missing',
        title: t('clouds.missing'),
        width: 110,
        align: 'end',
        cell: (it) => it.missingPermissions.length || '–',
        value: (it) => it.missingPermissions.length,
      },
      column.instant('probedAt', t('clouds.probedAt'), 165, (it) => it.probedAt),
      column.text('code', t('clouds.code'), 140, (it) => it.code, { hidden: true }),
    ],
    [t, column],
  )
}

export const PlatformsPage = () => {
  const { t } = useTranslation()
  const may = useMay()
  const navigate = useNavigate()
  const columns = useColumns()
  const [filters, setFilters] = useFilters(['nodeId'])
  const pages = usePages(platformList, filters.nodeId ? { nodeId: filters.nodeId } : {})
  const nodes = useAnswer(nodeList, whole, { enabled: may(nodeList) })
  const add = may(platformAdd) && (
    <Button type="primary" onClick={() => void navigate({ to: paths.addPlatform() })}>
      {t('pages.addPlatform')}
    </Button>
  )
  return (
    <Page title={t('pages.platforms')} hint={t('clouds.platformsHint')} actions={add} filled>
      <List
        id="platforms"
        label={t('pages.platforms')}
        columns={columns}
        pages={pages}
        idOf={(it) => it.id}
        pathOf={(it) => paths.platform(it.id)}
        filtered={filters.nodeId !== undefined}
        onClearFilters={() => setFilters({ nodeId: undefined })}
        empty={{ words: t('clouds.platformsEmpty'), action: add }}
        filters={
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t('clouds.node')}
            placeholder={t('clouds.node')}
            style={{ width: 200 }}
            value={filters.nodeId}
            onChange={(nodeId) => setFilters({ nodeId })}
            options={nodes.data?.items.map((it) => ({ value: it.id, label: it.name }))}
          />
        }
      />
    </Page>
  )
}
