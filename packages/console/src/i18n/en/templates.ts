import type { Shape } from '../shape.ts'
import type { templates as zhCn } from '../zh-cn/templates.ts'

export const templates: Shape<typeof zhCn> = {
  hint: 'Whole applications made ready, to be ordered in one request',
  empty: 'No templates yet. Create one, or make one of a request.',
  create: 'Create a template',
  description: 'Description',
  whose: 'For',
  everybody: 'everybody',
  part: 'Part {{count}}',
  addPart: 'One more part',
  removePart: 'Remove this part',
  firstImage: 'the first one',
  standard: 'Servers',
  least: 'At least',
  most: 'At most',
  release: 'Release',
  withdrawHint: 'It can no longer be ordered; what stands goes on as it is.',
  copy: 'Make a template',
  copyHint: 'A draft of what this request asked for; it can be changed and released.',
}
