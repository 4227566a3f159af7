export type { Bilingual, Check } from './check.ts'
export { type CheckResult, type ConformanceReport, renderReport, summarise, type Verdict } from './report.ts'
export { conformanceChecks, runConformance } from './run.ts'
export {
  type ConformanceTarget,
  createPolling,
  type Disturbance,
  type MakingCall,
  makingCalls,
  type TargetAbility,
} from './target.ts'
