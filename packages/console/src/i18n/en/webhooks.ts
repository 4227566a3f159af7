import type { Shape } from '../shape.ts'
import type { webhooks as zhCn } from '../zh-cn/webhooks.ts'

export const webhooks: Shape<typeof zhCn> = {
  hint: 'Posts an organisation’s notices to other programs, signed, and again where that fails',
  empty: 'No webhooks yet. Create one, and notices are posted to it as well.',
  create: 'Create a webhook',
  endpoint: 'Address',
  endpointHint: 'An https address',
  waiting: 'Waiting',
  deliveredAt: 'Last delivered',
  problem: 'Problem',
  secret: 'The secret of its signatures is shown this once. Put it into the receiving program now:',
  deliveries: 'Deliveries',
  noDeliveries: 'Nothing was posted yet. Press “Test” to post a test notice.',
  code: 'Notice',
  attempts: 'Attempts',
  test: 'Test',
  tested: 'A test notice is on its way; the deliveries tell what became of it',
  removeHint: 'What has not arrived yet is not posted any more:',
}
