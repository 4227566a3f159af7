import { organisationGet, organisationList } from '@yiduo/contract'
import { Select } from 'antd'
import { useState } from 'react'
import { useAnswer } from '../api/answers.ts'
import { useTranslation } from '../i18n/index.ts'
import { useDebounced } from '../ui/debounced.ts'

/** The list is searched by two characters and more. */
const shortest = 2

/** One organisation of those one may see, found by typing; `value` and `onChange` come from the form around it. */
export const OrganisationSelect = ({
  id,
  label,
  width,
  value,
  onChange,
}: {
  readonly id?: string
  /** Where no label of a form stands beside it. */
  readonly label?: string
  readonly width?: number
  readonly value?: string
  readonly onChange?: (organisationId: string | undefined) => void
}) => {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const text = useDebounced(typed.trim())
  const query = { limit: 100, ...(text.length >= shortest ? { text } : {}) }
  const { data, isFetching } = useAnswer(organisationList, { query }, { keepPrevious: true })
  const found = data?.items.map((it) => ({ value: it.id, label: it.name })) ?? []
  // Chosen before, and not among those that were found.
  const isElsewhere = value !== undefined && data !== undefined && !found.some((it) => it.value === value)
  const chosen = useAnswer(organisationGet, { params: { organisationId: value ?? '' } }, { enabled: isElsewhere }).data
  return (
    <Select
      id={id}
      allowClear
      aria-label={label}
      placeholder={label ?? t('oversight.find')}
      {...(width ? { style: { width } } : {})}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={isFetching}
      value={value}
      onChange={onChange}
      options={isElsewhere && chosen ? [{ value: chosen.id, label: chosen.name }, ...found] : found}
    />
  )
}
