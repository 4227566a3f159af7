import type { Shape } from '../shape.ts'
import type { recycleBin as zhCn } from '../zh-cn/recycle-bin.ts'

export const recycleBin: Shape<typeof zhCn> = {
  hint: 'Stopped and kept for a time; wiped by itself at the end of it, and restored before',
  empty: 'The recycle bin is empty',
  since: 'Since',
  acts: 'Acts',
  tabs: { bin: 'Recycle bin', wiped: 'Wiped' },
  noneWiped: 'Nothing was wiped yet.',
  evidence: 'Evidence',
  seenGone: 'seen to be gone',
  wipedAt: 'Wiped',
}
