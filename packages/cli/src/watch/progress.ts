import { jsonSchema, Operation, operationStates, requestStates, type ServiceRequest, steps } from '@yiduo/contract'
import { type CellStyle, printable } from '../output/cell.ts'

const stepStates = jsonSchema(Operation).properties?.steps?.items?.properties?.state?.enum

export interface ProgressStyle extends CellStyle {
  readonly note: (line: string) => void
}

/** Lines about what is new since the last look; each is said once. */
export const createProgress = ({ note, say, word }: ProgressStyle) => {
  const said = new Set<string>()
  const once = (line: string): void => {
    if (said.has(line)) return
    said.add(line)
    note(line)
  }
  return {
    /** `of` tells lines of several operations apart. */
    operation({ id, saga, steps: rows, state, progressPercent }: Operation, of = ''): void {
      const title = `${of}${saga}`
      // The same step of two operations of one name is two lines: the id keeps them apart, the reader sees it not.
      const onceOfIt = (line: string): void => {
        if (said.has(`${id} ${line}`)) return
        said.add(`${id} ${line}`)
        note(`[${String(progressPercent).padStart(3)}%] ${line}`)
      }
      for (const { name, state: step, attempts, remadeFor } of rows) {
        if (step === 'waiting') continue
        const why = remadeFor && printable(remadeFor.words ?? remadeFor.message)
        if (why) onceOfIt(`${title}  ${name}: ${say('made-again', { why })}`)
        const again = attempts > 1 ? ` (${attempts})` : ''
        onceOfIt(`${title}  ${name}: ${word('state', step, stepStates)}${again}`)
      }
      if (said.has(`${id} ${state}`)) return
      said.add(`${id} ${state}`)
      note(`[${String(progressPercent).padStart(3)}%] ${title}: ${word('state', state, operationStates)}`)
    },
    request({ id, state, step, fault }: ServiceRequest): void {
      const now = `${word('state', state, requestStates)} (${word('step', step, steps)})`
      once(`${id}: ${now}${fault ? ` ${printable(fault.message)}` : ''}`)
    },
  }
}
