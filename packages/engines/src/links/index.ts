export { judgeLink, worstOf } from './judge-link.ts'
export type { Finding, LinkEnd, MeasuredLink } from './model.ts'
export { linkRules } from './rules.ts'
