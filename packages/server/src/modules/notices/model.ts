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
        ({ on, where = {}, unless = {} }) =>
          on === event.type &&
          Object.entries(where).every(([name, value]) => event.data[name] === value) &&
          !Object.entries(unless).some(([name, value]) => event.data[name] === value),
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

const minuteMs = 60_000
/** People are told in the product at once; a mail waits for what else comes, and for some time after the one before. */
const gatherMs = minuteMs / 2
const apartMs = 5 * minuteMs

/** After so long an attempt is not repeated any more. */
export const retryForMs = 3 * 86_400_000

/** 30 s, 1, 2, 4 … minutes after a failed attempt, at most half an hour. */
export const retryAt = (now: Date, attempts: number): Date =>
  new Date(now.getTime() + Math.min(30 * minuteMs, gatherMs * 2 ** Math.min(attempts - 1, 10)))

/** Full hours of the day in Asia/Shanghai, over midnight if need be. */
export interface Quiet {
  readonly fromHour: number
  readonly untilHour: number
}

const hourIn = (at: Date): number => (at.getUTCHours() + 8) % 24

/** The first full hour at which the person may be disturbed; at once where they may be now. */
const afterQuiet = (at: Date, quiet: Quiet | null): Date => {
  if (quiet === null) return at
  const isQuiet = (hour: number) =>
    quiet.fromHour <= quiet.untilHour
      ? hour >= quiet.fromHour && hour < quiet.untilHour
      : hour >= quiet.fromHour || hour < quiet.untilHour
  let free = at
  while (isQuiet(hourIn(free))) free = new Date((Math.floor(free.getTime() / 3_600_000) + 1) * 3_600_000)
  return free
}

/** When a mail is to leave: after what comes with it, apart from the one before, and not in the quiet hours. */
export const firstMailAt = (now: Date, { quiet, lastAt }: { quiet: Quiet | null; lastAt: Date | null }): Date => {
  const soonest = Math.max(now.getTime() + gatherMs, lastAt === null ? 0 : lastAt.getTime() + apartMs)
  return afterQuiet(new Date(soonest), quiet)
}
