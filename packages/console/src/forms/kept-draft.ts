import { useState } from 'react'
import { useSession } from '../api/session.ts'
import { keep, readKept } from '../preferences.ts'

/** What is being filled in, kept for its person in this browser: a closed tab and a new log-in lose nothing. */
export const useKeptDraft = <T>(
  name: string,
  {
    isValid,
    initial,
    resume = (it) => it,
  }: {
    readonly isValid: (it: unknown) => it is T
    readonly initial: () => T
    /** What to make of what was kept. */
    readonly resume?: (kept: T) => T
  },
) => {
  const { person } = useSession()
  const key = `draft.${person.id}.${name}`
  const [state, setState] = useState(() => {
    const kept = readKept(key)
    return isValid(kept) ? { draft: resume(kept), restored: true } : { draft: initial(), restored: false }
  })
  return {
    ...state,
    change(draft: T) {
      keep(key, draft)
      setState({ draft, restored: false })
    },
    /** Once it is sent, or begun anew. */
    forget(draft: T = initial()) {
      keep(key, null)
      setState({ draft, restored: false })
    },
  }
}
