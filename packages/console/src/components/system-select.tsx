import { systemList } from '@yiduo/contract'
import { Select } from 'antd'
import { useState } from 'react'
import { useAnswer } from '../api/answers.ts'
import { useDebounced } from '../ui/debounced.ts'

/** The list is searched by two characters and more. */
const shortest = 2

/** One business system of those one may see: found by typing where there are many. */
export const SystemSelect = ({
  id,
  label,
  value,
  onChange,
  organisationId,
}: {
  readonly id?: string
  readonly label: string
  readonly value: string | undefined
  readonly onChange: (systemId: string | undefined) => void
  readonly organisationId?: string
}) => {
  const [typed, setTyped] = useState('')
  const text = useDebounced(typed.trim())
  const { data, isFetching } = useAnswer(
    systemList,
    {
      query: {
        limit: 100,
        ...(organisationId ? { organisationId } : {}),
        ...(text.length >= shortest ? { text } : {}),
      },
    },
    { keepPrevious: true },
  )
  return (
    <Select
      {...(id ? { id } : {})}
      allowClear
      aria-label={label}
      placeholder={label}
      style={{ width: '100%', minWidth: 180 }}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={isFetching}
      value={value}
      onChange={onChange}
      options={data?.items.map((it) => ({ value: it.id, label: it.name }))}
    />
  )
}
