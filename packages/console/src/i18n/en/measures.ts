import type { Shape } from '../shape.ts'
import type { measures as zhCn } from '../zh-cn/measures.ts'

export const measures: Shape<typeof zhCn> = {
  vcpu: 'vCPUs',
  'memory-gib': 'Memory (GiB)',
  'volume-gib': 'Storage (GiB)',
  address: 'Public addresses',
}
