/** Deciding on requests and collections. */
export const approvals = {
  remarks: '备注',
  noRemarks: '没有备注',
  comma: '、',
} as const
