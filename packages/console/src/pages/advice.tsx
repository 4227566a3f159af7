import { Link } from '@tanstack/react-router'
import {
  type Advice,
  adviceAssign,
  adviceDecline,
  adviceDismiss,
  adviceList,
  adviceSummary,
  personList,
} from '@yiduo/contract'
import { Flex, Form, Input, Select } from 'antd'
import { useMemo } from 'react'
import { useAnswer, usePages } from '../api/answers.ts'
import { useMay, useSession } from '../api/session.ts'
import { ActButton } from '../components/act-dialog.tsx'
import { FormButton } from '../components/form-dialog.tsx'
import { OrganisationName } from '../components/names.tsx'
import { useTranslation, useWord } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { useFormats } from '../ui/format.ts'
import { Page } from '../ui/page.tsx'
import { useFilters } from '../ui/search.ts'
import { useColumnKit } from '../ui/table/column-kit.tsx'
import type { TableColumn } from '../ui/table/columns.ts'
import { List } from '../ui/table/list.tsx'
import { WordFilter } from '../ui/table/word-filter.tsx'

const states = ['open', 'assigned', 'done', 'declined', 'dismissed', 'settled'] as const

interface Values {
  readonly ownerId: string
  readonly dueOn: string
}

/** Anybody of the list where people can be listed; else oneself. */
const Assign = ({ advice }: { readonly advice: Advice }) => {
  const { t } = useTranslation()
  const may = useMay()
  const { person } = useSession()
  const people = useAnswer(personList, { query: { limit: 500 } }, { enabled: may(personList) }).data?.items ?? [person]
  const rules = [{ required: true, message: t('states.required') }]
  return (
    <FormButton<typeof adviceAssign, Values>
      operation={adviceAssign}
      label={t('money.assign')}
      button={{ size: 'small' }}
      initial={{ ownerId: advice.ownerId ?? person.id }}
      callOf={(body) => ({ params: { adviceId: advice.id }, body })}
    >
      <Form.Item name="ownerId" label={t('money.owner')} rules={rules}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={people.map((it) => ({ value: it.id, label: it.name }))}
        />
      </Form.Item>
      <Form.Item name="dueOn" label={t('money.dueDay')} rules={rules}>
        <Input type="date" />
      </Form.Item>
    </FormButton>
  )
}

const Acts = ({ advice }: { readonly advice: Advice }) => {
  const { t } = useTranslation()
  const params = { adviceId: advice.id }
  if (advice.state !== 'open' && advice.state !== 'assigned') return null
  return (
    <Flex gap={6}>
      <Assign advice={advice} />
      <ActButton
        operation={adviceDecline}
        label={t('money.decline')}
        button={{ size: 'small' }}
        remark="required"
        callOf={(reason) => ({ params, body: { reason } })}
      />
      <ActButton
        operation={adviceDismiss}
        label={t('money.dismiss')}
        button={{ size: 'small' }}
        remark="required"
        callOf={(remark) => ({ params, body: { remark } })}
      />
    </Flex>
  )
}

const useColumns = (): readonly TableColumn<Advice>[] => {
  const { t } = useTranslation()
  const column = useColumnKit()
  const word = useWord()
  const { day } = useFormats()
  return useMemo(
    () => [
      {
        id: 'kind',
        title: t('money.advice'),
        width: 190,
        grow: 1,
        cell: (it) => (
          <Link to={paths.resource(it.resourceId)} title={it.message}>
            {word('adviceKind', it.kind)}
          </Link>
        ),
        value: (it) => it.message,
      },
      {
        id: 'organisation',
        title: t('oversight.organisation'),
        width: 170,
        grow: 1,
        cell: (it) => <OrganisationName id={it.organisationId} />,
        value: (it) => it.organisationId,
      },
      column.money('saving', t('money.saving'), 130, (it) => it.monthlySavingYuanE4),
      column.money('saved', t('money.saved'), 130, (it) => it.savedMonthlyYuanE4),
      column.state(t('money.state'), 90, { words: 'adviceState', state: (it) => it.state }),
      { id: 'due', title: t('money.due'), width: 110, cell: (it) => it.dueOn ?? '–', value: (it) => it.dueOn },
      column.text('found', t('money.found'), 130, (it) => day(it.foundAt), { hidden: true }),
      { id: 'acts', title: t('money.acts'), width: 230, cell: (it) => <Acts advice={it} />, value: () => null },
    ],
    [t, column, word, day],
  )
}

/** What advice came to, of one's own organisation and all below it. */
const Summary = () => {
  const { t } = useTranslation()
  const may = useMay()
  const { person } = useSession()
  const { money } = useFormats()
  const params = { organisationId: person.organisationId }
  const { data } = useAnswer(adviceSummary, { params }, { enabled: may(adviceSummary) })
  if (!data) return t('money.adviceHint')
  return t('money.summaryWords', {
    found: data.foundCount,
    done: data.doneCount,
    overdue: data.overdueCount,
    possible: money(data.possibleMonthlyYuanE4),
    saved: money(data.savedMonthlyYuanE4),
  })
}

export const AdvicePage = () => {
  const { t } = useTranslation()
  const columns = useColumns()
  const [filters, setFilters] = useFilters(['state'])
  const state = states.find((it) => it === filters.state)
  const pages = usePages(adviceList, state ? { state } : {})
  return (
    <Page title={t('pages.advice')} hint={<Summary />} filled>
      <List
        id="advice"
        label={t('pages.advice')}
        columns={columns}
        pages={pages}
        idOf={(it) => it.id}
        filtered={state !== undefined}
        onClearFilters={() => setFilters({ state: undefined })}
        empty={{ words: t('money.adviceEmpty') }}
        filters={
          <WordFilter
            label={t('money.state')}
            any={t('requests.anyState')}
            words="adviceState"
            codes={states}
            value={state}
            onChange={(next) => setFilters({ state: next })}
          />
        }
      />
    </Page>
  )
}
