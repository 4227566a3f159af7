import type { VocabularyName } from '@yiduo/contract'
import { Select } from 'antd'
import { useWord } from '../../i18n/index.ts'

/** One of a closed list of the contract, or any. */
export const WordFilter = <const C extends string>({
  label,
  any = label,
  words,
  codes,
  value,
  onChange,
  width = 150,
}: {
  readonly label: string
  /** Stands where none is chosen. */
  readonly any?: string
  readonly words: VocabularyName
  readonly codes: readonly C[]
  readonly value: string | undefined
  readonly onChange: (code: C | undefined) => void
  readonly width?: number
}) => {
  const word = useWord()
  return (
    <Select
      allowClear
      aria-label={label}
      placeholder={any}
      style={{ width }}
      value={codes.find((it) => it === value)}
      onChange={onChange}
      options={codes.map((it) => ({ value: it, label: word(words, it) }))}
    />
  )
}
