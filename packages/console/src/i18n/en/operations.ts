import type { Shape } from '../shape.ts'
import type { operations as zhCn } from '../zh-cn/operations.ts'

export const operations: Shape<typeof zhCn> = {
  hint: 'What is under way on the clouds, and what has ended',
  empty: 'No operations yet. They appear when something is delivered, changed or reclaimed.',
  what: 'Operation',
  progress: 'Progress',
  fault: 'What went wrong',
  residue: 'Residue',
  startedAt: 'Started',
  endedAt: 'Ended',
  took: 'Took',
  subject: 'Subject',
  steps: 'Steps',
  step: 'Step',
  attempts: 'Attempts',
  remade: 'Made again because',
  residueTitle: 'Left behind on the cloud',
  words: 'What the cloud said',
  takeBack: 'Take back again',
  takeBackHint: 'What is left behind on the cloud is deleted once more.',
}
