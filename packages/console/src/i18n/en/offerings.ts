import type { Shape } from '../shape.ts'
import type { offerings as zhCn } from '../zh-cn/offerings.ts'

export const offerings: Shape<typeof zhCn> = {
  hint: 'The catalogue of the province: plans, images, what is approved by rule, and where it can be had',
  empty: 'Nothing is released yet. Create components on the page of prices first, then release an offering.',
  create: 'Release an offering',
  released: 'Released',
  withdrawn: 'Withdrawn',
  plans: 'Plans',
  noPlans: 'No plans yet: departments do not see it. Add the first one.',
  addPlan: 'Add a plan',
  memoryGib: 'Memory (GiB)',
  diskGib: 'System disk (GiB)',
  testDays: 'Test time (days)',
  byRuleUpTo: 'By rule up to (cores)',
  byRuleHint: 'A request of at most so many cores in all, within quota, is approved at once; 0: people decide on all.',
  imagesHint: 'As the clouds call them; the first one is what is taken if nothing is said. Enter after each.',
  imagesExample: 'openEuler-24.03',
  metering: 'Components',
  meteredBy: 'What meters {{measure}}',
  componentsLack: 'A measure has no component yet. Create it on the page of prices first.',
  pricesLack: 'A plan has no price yet and cannot be asked for. Set prices on the page of prices.',
  release: 'Release again',
  releaseHint: 'Departments can ask for it at once.',
  withdraw: 'Withdraw',
  withdrawHint: 'It can no longer be asked for, nor be resized to; what stands goes on as it is.',
  inCatalogue: 'See it in the catalogue',
}
