import type { Operation, ServiceRequest } from '@yiduo/contract'
import { printable } from '../output/cell.ts'

/** Lines about what is new since the last look; each is said once. */
export const createProgress = (note: (line: string) => void) => {
  const said = new Set<string>()
  const once = (line: string): void => {
    if (said.has(line)) return
    said.add(line)
    note(line)
  }
  return {
    /** `of` tells lines of several operations apart. */
    operation({ id, saga, steps, state, progressPercent }: Operation, of = ''): void {
      const title = `${of}${saga}`
      for (const { name, state: step, attempts } of steps) {
        if (step === 'waiting') continue
        const again = attempts > 1 ? ` (${attempts})` : ''
        const line = `${title}  ${name}: ${step}${again}`
        // The same step of two operations of one name is two lines: the id keeps them apart, the reader sees it not.
        if (said.has(`${id} ${line}`)) continue
        said.add(`${id} ${line}`)
        note(`[${String(progressPercent).padStart(3)}%] ${line}`)
      }
      if (said.has(`${id} ${state}`)) return
      said.add(`${id} ${state}`)
      note(`[${String(progressPercent).padStart(3)}%] ${title}: ${state}`)
    },
    request({ id, state, step, fault }: ServiceRequest): void {
      once(`${id}: ${state} (${step})${fault ? ` ${printable(fault.message)}` : ''}`)
    },
  }
}
