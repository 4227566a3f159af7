import { type Fault, type FaultParameters, isFaultCode } from '@yiduo/contract'
import type { NoticeRule } from './rules.ts'

/** What of an event the rules look at. */
export interface Happening {
  readonly type: string
  readonly subject: string
  readonly at: Date
  readonly data: Readonly<Record<string, unknown>>
}

/** What is older was not for telling: the stream of an installation that never had notices is read from its beginning. */
const tellableMs = 14 * 86_400_000

export const rulesFor = (rules: readonly NoticeRule[], event: Happening, now: Date): readonly NoticeRule[] =>
  now.getTime() - event.at.getTime() > tellableMs
    ? []
    : rules.filter(
        ({ on, where = {} }) =>
          on === event.type && Object.entries(where).every(([name, value]) => event.data[name] === value),
      )

const scalar = (value: unknown): FaultParameters[string] =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null

/** The parameters that a rule names, and the subject, which every text may name. */
export const parametersOf = ({ parameters }: NoticeRule, { subject, data }: Happening): FaultParameters => ({
  subject,
  ...Object.fromEntries(parameters.map((name) => [name, scalar(data[name])])),
})

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The fault that an event tells of; none where a later release wrote one that this does not know. */
export const faultOf = ({ data }: Happening): Fault | null => {
  const { fault } = data
  if (!isRecord(fault) || typeof fault.code !== 'string' || !isFaultCode(fault.code)) return null
  const parameters = isRecord(fault.parameters) ? fault.parameters : {}
  return {
    code: fault.code,
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, scalar(value)])),
  }
}
