import { useCallback, useEffect, useState } from 'react'
import { useMotion } from '../../ui/theme.ts'

const everyMs = 15_000

export interface Rotation {
  /** Of what is in focus. */
  readonly index: number
  /** How often it went on; what else turns over goes by it. */
  readonly turn: number
  readonly isPaused: boolean
  toggle(): void
  /** By so many, to either side; what was chosen by hand stays its whole time. */
  step(by: number): void
  show(index: number): void
}

/** Goes through so many things, one after the other; it waits where people want no motion, until they ask for it. */
export const useRotation = (count: number): Rotation => {
  const motion = useMotion()
  const [at, setAt] = useState({ index: 0, turn: 0 })
  const [isPaused, setPaused] = useState(!motion)
  const step = useCallback(
    (by: number) =>
      setAt((it) => ({
        index: count === 0 ? 0 : (it.index + by + count) % count,
        turn: (it.turn + 1) % 1_000_000,
      })),
    [count],
  )
  // Each turn has a time of its own: what was chosen by hand begins it anew.
  const { turn } = at
  useEffect(() => {
    if (isPaused || turn < 0) return
    const timer = setTimeout(() => step(1), everyMs)
    return () => clearTimeout(timer)
  }, [isPaused, step, turn])
  return {
    index: count === 0 ? 0 : at.index % count,
    turn,
    isPaused,
    step,
    toggle: useCallback(() => setPaused((it) => !it), []),
    show: useCallback((index: number) => setAt((it) => ({ index, turn: (it.turn + 1) % 1_000_000 })), []),
  }
}
