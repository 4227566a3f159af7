import type { Shape } from '../shape.ts'
import type { changes as zhCn } from '../zh-cn/changes.ts'

export const changes: Shape<typeof zhCn> = {
  ask: 'Ask for it',
  asked: 'asked for',
  price: 'A month:',
  byRule: 'A rule approves it at once.',
  byPeople: 'It needs approval.',
  losses: 'This will be gone for good:',
  attempts: 'try {{count}}',
}
