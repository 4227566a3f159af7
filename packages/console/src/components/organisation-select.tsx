import { organisationList } from '@yiduo/contract'
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
  value,
  onChange,
}: {
  readonly id?: string
  readonly value?: string
  readonly onChange?: (organisationId: string | undefined) => void
}) => {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const text = useDebounced(typed.trim())
  const query = { limit: 100, ...(text.length >= shortest ? { text } : {}) }
  const { data, isFetching } = useAnswer(organisationList, { query }, { keepPrevious: true })
  return (
    <Select
      id={id}
      allowClear
      placeholder={t('oversight.find')}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={isFetching}
      value={value}
      onChange={onChange}
      options={data?.items.map((it) => ({ value: it.id, label: it.name }))}
    />
  )
}
