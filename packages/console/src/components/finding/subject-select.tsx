import { type SearchKind, searchFind } from '@yiduo/contract'
import { Select } from 'antd'
import { useState } from 'react'
import { useAnswer } from '../../api/answers.ts'
import { useTranslation } from '../../i18n/index.ts'
import { useDebounced } from '../../ui/debounced.ts'
import { joined } from '../../ui/joined.ts'

/** The server searches for two characters and more. */
const shortest = 2

/** What a finding may be about. */
const kinds: ReadonlySet<SearchKind> = new Set(['system', 'resource', 'organisation', 'platform'])

/** One thing of the province, found by typing; `value` and `onChange` come from the form around it. */
export const SubjectSelect = ({
  id,
  value,
  onChange,
}: {
  readonly id?: string
  readonly value?: string
  readonly onChange?: (subject: string | undefined) => void
}) => {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const text = useDebounced(typed.trim())
  const { data, isFetching } = useAnswer(
    searchFind,
    { query: { text, limit: 10 } },
    { enabled: text.length >= shortest, keepPrevious: true },
  )
  const groups = (data?.groups ?? []).filter((it) => kinds.has(it.kind))
  return (
    <Select
      id={id}
      allowClear
      placeholder={t('findings.findSubject')}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={isFetching}
      value={value}
      onChange={onChange}
      options={groups.map(({ kind, items }) => ({
        label: t(`shell.searchKinds.${kind}`),
        options: items.map((it) => ({ value: it.id, label: joined([it.name, it.organisationName]) })),
      }))}
    />
  )
}
