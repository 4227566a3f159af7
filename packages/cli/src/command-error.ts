import type { FaultParameters } from '@yiduo/contract'
import type { ExitReason } from './exit-code.ts'
import type { MessageKey } from './message/catalogue.ts'

/** An expected end of a command, worded only where it is shown. */
export class CommandError extends Error {
  readonly reason: ExitReason
  readonly key: MessageKey
  readonly parameters: FaultParameters
  constructor(reason: ExitReason, key: MessageKey, parameters: FaultParameters = {}) {
    super(key)
    this.name = 'CommandError'
    this.reason = reason
    this.key = key
    this.parameters = parameters
  }
}

export const usageError = (key: MessageKey, parameters: FaultParameters = {}): CommandError =>
  new CommandError('usage', key, parameters)
