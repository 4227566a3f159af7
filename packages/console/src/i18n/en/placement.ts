import type { Shape } from '../shape.ts'
import type { placement as zhCn } from '../zh-cn/placement.ts'

export const placement: Shape<typeof zhCn> = {
  title: 'Why here',
  candidates: 'Platforms that {{name}} could go to',
  chosen: 'chosen',
  decided: 'as decided on approval',
  wouldBe: 'as it would be now',
  gone: 'connected no longer',
  score: 'Score',
  scores: 'Made up of',
  nowhere: 'No platform fits at this moment.',
  whyNot: 'Pools compared: {{count}}. Why not the others:',
  reason: '{{reason}} (pools: {{count}})',
}
