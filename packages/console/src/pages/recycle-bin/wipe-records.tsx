import { Link } from '@tanstack/react-router'
import { type WipeRecord, wipeRecordList } from '@yiduo/contract'
import { Tooltip } from 'antd'
import { useMemo } from 'react'
import { usePages } from '../../api/answers.ts'
import { OrganisationName, SystemName, usePlatformNames } from '../../components/names.tsx'
import { useSizeTold } from '../../components/resource/size.ts'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Instant } from '../../ui/clock.tsx'
import { useFormats } from '../../ui/format.ts'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'

const useColumns = (): readonly TableColumn<WipeRecord>[] => {
  const { t } = useTranslation()
  const word = useWord()
  const size = useSizeTold()
  const platforms = usePlatformNames()
  const { instant } = useFormats()
  return useMemo(
    () => [
      {
        id: 'name',
        title: t('resources.name'),
        width: 180,
        grow: 1,
        cell: (it) => <Link to={paths.resource(it.resourceId)}>{it.resourceName}</Link>,
        value: (it) => it.resourceName,
      },
      {
        id: 'kind',
        title: t('resources.kind'),
        width: 100,
        cell: (it) => word('resourceKind', it.resourceKind),
        value: (it) => word('resourceKind', it.resourceKind),
      },
      {
        id: 'size',
        title: t('resources.size'),
        width: 180,
        cell: (it) => size({ desired: it.size }),
        value: (it) => size({ desired: it.size }),
      },
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
      { id: 'by', title: t('oversight.actor'), width: 130, cell: (it) => it.wipedBy, value: (it) => it.wipedBy },
      {
        id: 'at',
        title: t('recycleBin.wipedAt'),
        width: 165,
        cell: (it) => <Instant at={it.wipedAt} />,
        value: (it) => instant(it.wipedAt),
      },
      {
        id: 'externalId',
        title: t('resources.externalId'),
        width: 280,
        hidden: true,
        cell: (it) => it.externalId,
        value: (it) => it.externalId,
      },
    ],
    [t, word, size, platforms, instant],
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
