import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useEntries } from './navigation.tsx'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

const secondKeyMs = 1_500

/** Ctrl-K (⌘K) searches, `?` helps, `g` and a letter go to a page. */
export const useShortcuts = ({ search, help }: { readonly search: () => void; readonly help: () => void }): void => {
  const navigate = useNavigate()
  const entries = useEntries()
  const act = useRef({ search, help, navigate, entries })
  act.current = { search, help, navigate, entries }
  useEffect(() => {
    let goUntil = 0
    const onKey = (event: KeyboardEvent) => {
      const { search: openSearch, help: openHelp, navigate: go, entries: pages } = act.current
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        return openSearch()
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (event.key === '?') return openHelp()
      if (event.key === '/') {
        event.preventDefault()
        return openSearch()
      }
      if (event.key === 'g') {
        goUntil = event.timeStamp + secondKeyMs
        return
      }
      const page = event.timeStamp < goUntil && pages.find((it) => it.key === event.key)
      goUntil = 0
      if (page) void go({ to: page.path })
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
