import { Link } from '@tanstack/react-router'
import { type WipeRecord, wipeRecordList } from '@yiduo/contract'
import { Tooltip } from 'antd'
import { useMemo } from 'react'
import { usePages } from '../../api/answers.ts'
import { OrganisationName, SystemName, usePlatformNames } from '../../components/names.tsx'
import { useSizeTold } from '../../components/resource/size.ts'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'

const useColumns = (): readonly TableColumn<WipeRecord>[] => {
  const { t } = useTranslation()
  const column = useColumnKit()
  const word = useWord()
  const size = useSizeTold()
  const platforms = usePlatformNames()
  return useMemo(
    () => [
      column.link(
        'name',
        t('resources.name'),
        180,
        { name: (it) => it.resourceName, to: (it) => paths.resource(it.resourceId) },
        { grow: 1 },
      ),
      column.text('kind', t('resources.kind'), 100, (it) => word('resourceKind', it.resourceKind)),
      column.text('size', t('resources.size'), 180, (it) => size({ desired: it.size })),
      {
        id: 'system',
        title: t('requests.system'),
        width: 170,
        grow: 1,
        cell: (it) => <SystemName id={it.systemId} />,
        value: (it) => it.systemId,
      },
      {
        id: 'organisation',
        title: t('requests.organisation'),
        width: 150,
        hidden: true,
        cell: (it) => <OrganisationName id={it.organisationId} />,
        value: (it) => it.organisationId,
      },
      {
        id: 'platform',
        title: t('request.platform'),
        width: 150,
        cell: (it) => platforms.get(it.platformId) ?? '–',
        value: (it) => platforms.get(it.platformId) ?? it.platformId,
      },
      {
        id: 'evidence',
        title: t('recycleBin.evidence'),
        width: 110,
        cell: (it) => (
          <Tooltip title={`${it.evidence.asked} → ${it.evidence.answered}`}>
            <Link to={paths.operation(it.operationId)}>{t('recycleBin.seenGone')}</Link>
          </Tooltip>
        ),
        value: (it) => `${it.evidence.asked} → ${it.evidence.answered}`,
      },
      column.text('by', t('oversight.actor'), 130, (it) => it.wipedBy),
      column.instant('at', t('recycleBin.wipedAt'), 165, (it) => it.wipedAt),
      column.text('externalId', t('resources.externalId'), 280, (it) => it.externalId, { hidden: true }),
    ],
    [t, column, word, size, platforms],
  )
}

/** What was deleted on a cloud and then seen to be absent there. */
export const WipeRecords = () => {
  const { t } = useTranslation()
  const columns = useColumns()
  const pages = usePages(wipeRecordList, {})
  return (
    <List
      id="wipe-records"
      label={t('recycleBin.tabs.wiped')}
      columns={columns}
      pages={pages}
      idOf={(it) => it.id}
      empty={{ words: t('recycleBin.noneWiped') }}
    />
  )
}
