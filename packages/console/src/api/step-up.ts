import { ProblemError } from '@yiduo/contract'
import { createStore } from '../store.ts'

/** Somebody waits for a second factor to be proven once more; null where nobody does. */
export const stepUp = createStore<{ readonly proven: () => void; readonly calledOff: () => void } | null>(null)

const isAsked = (error: unknown): boolean => error instanceof ProblemError && error.problem.code === 'step-up-required'

const prove = (): Promise<boolean> =>
  new Promise((resolve) => {
    const settle = (proven: boolean) => () => {
      stepUp.set(null)
      resolve(proven)
    }
    stepUp.get()?.calledOff()
    stepUp.set({ proven: settle(true), calledOff: settle(false) })
  })

/** Does what asks for a second factor after that was proven; whoever calls the proof off is told what was asked. */
export const withStepUp = async <T>(call: () => Promise<T>): Promise<T> => {
  try {
    return await call()
  } catch (error) {
    if (!isAsked(error) || !(await prove())) throw error
    return call()
  }
}
