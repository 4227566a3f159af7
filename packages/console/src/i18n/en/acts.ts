import type { Shape } from '../shape.ts'
import type { acts as zhCn } from '../zh-cn/acts.ts'

export const acts: Shape<typeof zhCn> = {
  server: {
    create: 'The server was made',
    reclaim: 'The server was wiped',
    resized: 'Its size was changed',
    'enter-console': 'Its console was opened',
    'leave-console': 'Its console was left',
  },
  volume: {
    extended: 'The volume was extended',
    'snapshot-taken': 'A snapshot was taken',
    'snapshot-removed': 'A snapshot was removed',
    restored: 'It went back to a snapshot',
  },
  resource: { renamed: 'It was renamed' },
}
