import { organisationLevels } from '@yiduo/contract'

export type Level = (typeof organisationLevels)[number]

/** An organisation stands below one of its own or a higher level; only a province stands alone. */
export const mayStandBelow = (level: Level, parent: Level | null): boolean =>
  parent === null ? level === 'province' : organisationLevels.indexOf(level) >= organisationLevels.indexOf(parent)
