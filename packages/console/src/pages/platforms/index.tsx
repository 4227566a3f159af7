import { Link, useNavigate } from '@tanstack/react-router'
import { nodeList, type Platform, platformAdd, platformList } from '@yiduo/contract'
import { Button, Select } from 'antd'
import { useMemo } from 'react'
import { useAnswer, usePages } from '../../api/answers.ts'
import { useMay } from '../../api/session.ts'
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

const whole = { query: { limit: 500 } } as const

const useColumns = (): readonly TableColumn<Platform>[] => {
  const { t } = useTranslation()
  const word = useWord()
  const { instant } = useFormats()
  return useMemo(
    () => [
      {
        id: 'name',
        title: t('clouds.name'),
        width: 190,
        grow: 2,
        cell: (it) => <Link to={paths.platform(it.id)}>{it.name}</Link>,
        value: (it) => it.name,
      },
      {
        id: 'state',
        title: t('requests.state'),
        width: 100,
        cell: (it) => <StateTag of="platformState" state={it.state} />,
        value: (it) => word('platformState', it.state),
      },
      {
        id: 'product',
        title: t('clouds.product'),
        width: 170,
        grow: 1,
        cell: (it) => `${it.product ?? it.driver} ${it.version ?? ''}`,
        value: (it) => `${it.product ?? it.driver} ${it.version ?? ''}`,
      },
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
      {
        id: 'probedAt',
        title: t('clouds.probedAt'),
        width: 165,
        cell: (it) => <Instant at={it.probedAt} />,
        value: (it) => it.probedAt && instant(it.probedAt),
      },
      { id: 'code', title: t('clouds.code'), width: 140, hidden: true, cell: (it) => it.code, value: (it) => it.code },
    ],
    [t, word, instant],
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
