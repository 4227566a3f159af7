import { describeFault, type Fault, faultStatus, type Locale } from '@yiduo/contract'

/** RFC 9457. The one place where a fault becomes HTTP. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly next: string
  readonly trace: string
  readonly words?: string
}

export const problemType = 'application/problem+json; charset=utf-8'

export const problemOf = (it: Fault, locale: Locale, trace: string): Problem => {
  const { code, message, next, words } = describeFault({ ...it, parameters: { trace, ...it.parameters } }, locale)
  const problem = {
    type: `/docs/faults#${code}`,
    title: message,
    status: faultStatus(it.code),
    code,
    detail: message,
    next,
    trace,
  }
  return words === null ? problem : { ...problem, words }
}
