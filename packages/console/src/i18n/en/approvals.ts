import type { Shape } from '../shape.ts'
import type { approvals as zhCn } from '../zh-cn/approvals.ts'

export const approvals: Shape<typeof zhCn> = {
  remarks: 'Remarks',
  noRemarks: 'No remarks',
  comma: ', ',
}
