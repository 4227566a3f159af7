import type { Writable } from 'node:stream'

/** Until the reader has room again, or there is nobody to wait for. Leaves nothing behind on either. */
export const room = (to: Pick<Writable, 'on' | 'off' | 'destroyed'>, over: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const finish = () => {
      to.off('drain', finish).off('close', finish)
      over.removeEventListener('abort', finish)
      resolve()
    }
    to.on('drain', finish).on('close', finish)
    over.addEventListener('abort', finish)
    if (over.aborted || to.destroyed) finish()
  })
