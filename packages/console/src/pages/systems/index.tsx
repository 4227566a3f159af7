import { useNavigate } from '@tanstack/react-router'
import { type BusinessSystem, systemList } from '@yiduo/contract'
import { useMemo } from 'react'
import { usePages } from '../../api/answers.ts'
import { OrganisationName } from '../../components/names.tsx'
import { SystemCreateButton } from '../../forms/system-create.tsx'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'
import { TextFilter } from '../../ui/table/text-filter.tsx'

const useColumns = (): readonly TableColumn<BusinessSystem>[] => {
  const { t } = useTranslation()
  const column = useColumnKit()
  const word = useWord()
  return useMemo(
    () => [
      column.link(
        'name',
        t('systems.name'),
        180,
        { name: (it) => it.name, to: (it) => paths.system(it.id) },
        { grow: 3 },
      ),
      {
        id: 'organisation',
        title: t('systems.organisation'),
        width: 140,
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
      column.text('zone', t('systems.zone'), 115, (it) => word('zone', it.zone)),
      column.text('dataClass', t('systems.dataClass'), 110, (it) => t(`systems.dataClasses.${it.dataClass}`)),
      column.text('recovery', t('systems.recovery'), 110, (it) => t(`systems.recoveryModes.${it.recoveryMode}`)),
      column.instant('createdAt', t('systems.createdAt'), 170, (it) => it.createdAt),
    ],
    [t, column, word],
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
