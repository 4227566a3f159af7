import { useEffect } from 'react'

/** Brought soon after the first screen: when it is needed, the server may be away, or of a release that has it no more. */
export const useAtHand = (load: () => Promise<unknown>): void =>
  useEffect(() => {
    const timer = setTimeout(() => load().catch(() => undefined), 5_000)
    return () => clearTimeout(timer)
  }, [load])
