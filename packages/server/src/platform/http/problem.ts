import { describeFault, type Fault, faultStatus, type Locale, type Problem } from '@yiduo/contract'

export const problemType = 'application/problem+json; charset=utf-8'

/** The one place where a fault becomes HTTP. */
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
