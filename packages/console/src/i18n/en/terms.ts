import type { Shape } from '../shape.ts'
import type { terms as zhCn } from '../zh-cn/terms.ts'

export const terms: Shape<typeof zhCn> = {
  measures: { vcpu: 'vCPU', 'memory-gib': 'Memory (GiB)', 'volume-gib': 'Storage (GiB)', address: 'Public addresses' },
}
