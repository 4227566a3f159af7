import { type Finding, findingList, findingSeverities, findingStates } from '@yiduo/contract'
import { useMemo } from 'react'
import { usePages } from '../../api/answers.ts'
import { RaiseFinding } from '../../components/finding/raise-finding.tsx'
import { OrganisationName, ThingName } from '../../components/names.tsx'
import { useTranslation, useWord } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { DueDay } from '../../ui/clock.tsx'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { useColumnKit } from '../../ui/table/column-kit.tsx'
import type { TableColumn } from '../../ui/table/columns.ts'
import { List } from '../../ui/table/list.tsx'
import { WordFilter } from '../../ui/table/word-filter.tsx'

const useColumns = (): readonly TableColumn<Finding>[] => {
  const { t } = useTranslation()
  const column = useColumnKit()
  const word = useWord()
  return useMemo(
    () => [
      column.link(
        'title',
        t('findings.title'),
        200,
        { name: (it) => it.title, to: (it) => paths.finding(it.id) },
        { grow: 2 },
      ),
      {
        id: 'severity',
        title: t('findings.severity'),
        width: 90,
        cell: (it) => <StateTag of="findingSeverity" state={it.severity} />,
        value: (it) => word('findingSeverity', it.severity),
      },
      column.state(t('findings.state'), 100, { words: 'findingState', state: (it) => it.state }),
      {
        id: 'subject',
        title: t('findings.subject'),
        width: 160,
        grow: 1,
        cell: (it) => <ThingName id={it.subject} />,
        value: (it) => it.subject,
      },
      {
        id: 'organisation',
        title: t('findings.organisation'),
        width: 150,
        grow: 1,
        cell: (it) => <OrganisationName id={it.organisationId} />,
        value: (it) => it.organisationId,
      },
      {
        id: 'dueOn',
        title: t('findings.dueOn'),
        width: 115,
        cell: (it) => <DueDay on={it.dueOn} over={it.state === 'closed'} />,
        value: (it) => it.dueOn,
      },
      column.instant('raisedAt', t('findings.raisedAt'), 165, (it) => it.raisedAt),
      column.text('raisedBy', t('findings.raisedBy'), 130, (it) => it.raisedBy, { hidden: true }),
    ],
    [t, column, word],
  )
}

/** What the security operator found: raised here, and followed until it is closed. */
export const FindingsPage = () => {
  const { t } = useTranslation()
  const columns = useColumns()
  const [filters, setFilters] = useFilters(['state', 'severity'])
  const state = findingStates.find((it) => it === filters.state)
  const severity = findingSeverities.find((it) => it === filters.severity)
  const pages = usePages(findingList, { ...(state ? { state } : {}), ...(severity ? { severity } : {}) })
  return (
    <Page
      title={t('pages.findings')}
      hint={t('findings.hint')}
      actions={<RaiseFinding button={{ type: 'primary' }} />}
      filled
    >
      <List
        id="findings"
        label={t('pages.findings')}
        columns={columns}
        pages={pages}
        idOf={(it) => it.id}
        pathOf={(it) => paths.finding(it.id)}
        filtered={Object.keys(filters).length > 0}
        onClearFilters={() => setFilters({ state: undefined, severity: undefined })}
        empty={{ words: t('findings.empty') }}
        filters={
          <>
            <WordFilter
              label={t('findings.state')}
              words="findingState"
              codes={findingStates}
              value={state}
              onChange={(next) => setFilters({ state: next })}
            />
            <WordFilter
              label={t('findings.severity')}
              words="findingSeverity"
              codes={findingSeverities}
              value={severity}
              onChange={(next) => setFilters({ severity: next })}
            />
          </>
        }
      />
    </Page>
  )
}
