import { Link, useNavigate } from '@tanstack/react-router'
import { type BusinessSystem, systemList } from '@yiduo/contract'
import { useMemo } from 'react'
import { usePages } from '../../api/answers.ts'
import { OrganisationName } from '../../components/names.tsx'
import { SystemCreateButton } from '../../forms/system-create.tsx'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Instant } from '../../ui/clock.tsx'
import { useFormats } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'
import { TextFilter } from '../../ui/table/text-filter.tsx'

const useColumns = (): readonly TableColumn<BusinessSystem>[] => {
  const { t } = useTranslation()
  const word = useWord()
  const { instant } = useFormats()
  return useMemo(
    () => [
      {
        id: 'name',
        title: t('systems.name'),
        width: 220,
        grow: 3,
        cell: (it) => <Link to={paths.system(it.id)}>{it.name}</Link>,
        value: (it) => it.name,
      },
      {
        id: 'organisation',
        title: t('systems.organisation'),
        width: 180,
        grow: 1,
        cell: (it) => <OrganisationName id={it.organisationId} />,
        value: (it) => it.organisationId,
      },
      {
        id: 'grade',
        title: t('systems.grade'),
        width: 120,
        cell: (it) => t('systems.gradeOf', { grade: it.securityGrade }),
        value: (it) => it.securityGrade,
      },
      {
        id: 'zone',
        title: t('systems.zone'),
        width: 110,
        cell: (it) => word('zone', it.zone),
        value: (it) => word('zone', it.zone),
      },
      {
        id: 'dataClass',
        title: t('systems.dataClass'),
        width: 130,
        cell: (it) => t(`systems.dataClasses.${it.dataClass}`),
        value: (it) => t(`systems.dataClasses.${it.dataClass}`),
      },
      {
        id: 'recovery',
        title: t('systems.recovery'),
        width: 150,
        cell: (it) => t(`systems.recoveryModes.${it.recoveryMode}`),
        value: (it) => t(`systems.recoveryModes.${it.recoveryMode}`),
      },
      {
        id: 'createdAt',
        title: t('systems.createdAt'),
        width: 170,
        cell: (it) => <Instant at={it.createdAt} />,
        value: (it) => instant(it.createdAt),
      },
    ],
    [t, word, instant],
  )
}

export const SystemsPage = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const columns = useColumns()
  const [{ text }, setFilters] = useFilters(['text'])
  const pages = usePages(systemList, text ? { text } : {})
  const open = (it: BusinessSystem) => void navigate({ to: paths.system(it.id) })
  return (
    <Page
      title={t('pages.systems')}
      hint={t('systems.hint')}
      actions={<SystemCreateButton type="primary" onDone={open} />}
      filled
    >
      <List
        id="systems"
        label={t('pages.systems')}
        columns={columns}
        pages={pages}
        idOf={(it) => it.id}
        pathOf={(it) => paths.system(it.id)}
        filtered={text !== undefined}
        onClearFilters={() => setFilters({ text: undefined })}
        empty={{ words: t('systems.empty'), action: <SystemCreateButton type="primary" onDone={open} /> }}
        filters={
          <TextFilter label={t('systems.search')} value={text} onChange={(next) => setFilters({ text: next })} />
        }
      />
    </Page>
  )
}
