import { Input } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useDebounced } from '../debounced.ts'

/** The server looks for two characters and more. */
const shortest = 2

/** What is looked for in names; goes into the address once the typing pauses. */
export const TextFilter = ({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: string | undefined
  readonly onChange: (text: string | undefined) => void
}) => {
  const [typed, setTyped] = useState(value ?? '')
  const said = useDebounced(typed.trim())
  // What the address says by this field's own doing; whatever else it comes to say stands in the field then.
  const told = useRef(value)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed goes out once, whatever else changes
  useEffect(() => {
    const text = said.length >= shortest ? said : undefined
    if (text === told.current) return
    told.current = text
    onChange(text)
  }, [said])
  useEffect(() => {
    if (value === told.current) return
    told.current = value
    setTyped(value ?? '')
  }, [value])
  return (
    <Input.Search
      allowClear
      aria-label={label}
      placeholder={label}
      maxLength={120}
      style={{ width: 200 }}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  )
}
