import { useEffect, useRef } from 'react'

const isTaken = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role="dialog"]') !== null

/** Whoever has gone to a button by the keyboard presses it by the space bar. */
const pressesButton = ({ key, target }: KeyboardEvent): boolean =>
  key === ' ' && target instanceof Element && target.matches('button:focus-visible, [role="button"]:focus-visible')

/** As long as the shortcuts wait for a second key after `g`. */
const secondKeyMs = 1_500

/** Single keys of a page, by their names in lower case; not while somebody types, and not the second one of a shortcut. */
export const useKeys = (keys: Readonly<Record<string, () => void>>, enabled = true): void => {
  const now = useRef(keys)
  now.current = keys
  useEffect(() => {
    if (!enabled) return
    let goUntil = 0
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target) || pressesButton(event)) return
      const isSecond = event.timeStamp < goUntil
      goUntil = event.key === 'g' ? event.timeStamp + secondKeyMs : 0
      const run = isSecond ? undefined : now.current[event.key.toLowerCase()]
      if (!run) return
      event.preventDefault()
      run()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [enabled])
}
