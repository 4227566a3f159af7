import type { LinkRules } from './model.ts'

const plan = '苏政办发〔2023〕36号'

/**
 * Limits of the plan. It does not say whether its latencies are one way or there and back, nor whether its kilometres
 * are those of the road, the fibre or the crow: taken as round trip and as the crow flies, 待核. Its 20G are of the
 * business network between province and cities; that a direct link between two sites should keep them is ours, 待核.
 */
export const linkRules: LinkRules = {
  version: '2026-11',
  rules: [
    {
      id: 'DR-01',
      of: 'active-active',
      measure: 'distance-km',
      bound: 'at-most',
      limit: 50,
      margin: 1,
      reference: plan,
      unsure: 'distance-basis',
    },
    {
      id: 'DR-02',
      of: 'active-active',
      measure: 'latency-ms',
      bound: 'below',
      limit: 2,
      reference: plan,
      unsure: 'latency-basis',
    },
    {
      id: 'DR-03',
      of: 'active-active',
      measure: 'bandwidth-mbps',
      bound: 'at-least',
      limit: 100_000,
      reference: plan,
      unsure: null,
    },
    {
      id: 'DR-04',
      of: 'core-backbone',
      measure: 'latency-ms',
      bound: 'below',
      limit: 10,
      reference: plan,
      unsure: 'latency-basis',
    },
    {
      id: 'DR-05',
      of: 'core-backbone',
      measure: 'bandwidth-mbps',
      bound: 'at-least',
      limit: 40_000,
      reference: plan,
      unsure: null,
    },
    {
      id: 'DR-06',
      of: 'province-city',
      measure: 'bandwidth-mbps',
      bound: 'at-least',
      limit: 20_000,
      reference: plan,
      unsure: 'network',
    },
  ],
}
