import { organisationLevels } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { mayStandBelow } from './model.ts'

test('only a province stands alone', () => {
  expect(organisationLevels.filter((level) => mayStandBelow(level, null))).toEqual(['province'])
})

test('an organisation stands below its own level and every higher one, never below a lower one', () => {
  for (const [rank, level] of organisationLevels.entries())
    expect(organisationLevels.filter((parent) => mayStandBelow(level, parent))).toEqual(
      organisationLevels.slice(0, rank + 1),
    )
})
