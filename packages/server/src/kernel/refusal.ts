import { type Fault, type FaultCode, type FaultParameters, fault } from '@yiduo/contract'

/** An expected no, returned as a value. A transaction that ends in one is rolled back whole. */
export interface Refusal {
  readonly refused: Fault
}

export const refuse = (code: FaultCode, parameters: FaultParameters = {}): Refusal => ({
  refused: fault(code, parameters),
})

export const isRefusal = (it: unknown): it is Refusal =>
  typeof it === 'object' && it !== null && 'refused' in it && Object.keys(it).length === 1

/** A fault that ends what is being done wherever it is: the edge, or the start-up. */
export class FaultError extends Error {
  readonly fault: Fault
  constructor(it: Fault, cause?: unknown) {
    super(it.code, { cause })
    this.name = 'FaultError'
    this.fault = it
  }
}
