import { useEffect, useState } from 'react'

/** What was typed, once the typing pauses: calls follow this, fields follow what is typed. */
export const useDebounced = <T>(value: T, pauseMs = 350): T => {
  const [settled, setSettled] = useState(value)
  const told = JSON.stringify(value)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it says decides, not which object says it
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs)
    return () => clearTimeout(timer)
  }, [told, pauseMs])
  return settled
}
