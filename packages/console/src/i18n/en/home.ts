import type { Shape } from '../shape.ts'
import type { home as zhCn } from '../zh-cn/home.ts'

export const home: Shape<typeof zhCn> = {
  newRequest: 'New request',
  waiting: 'Waiting for me',
  nothingWaiting: 'Nothing waits for you.',
  nothingWaitingAction: 'Browse the catalogue',
  count: '{{count}}',
  countMore: '{{count}} and more',
  systems: 'My business systems',
  servers: 'My servers',
  all: 'Show all',
  noSystems: 'No business system is registered yet; a new request can register one.',
  noServers: 'No servers yet; choose one from the catalogue.',
  held: 'Quota in use',
  money: 'Cost',
  thisMonth: '{{month}} so far (provisional)',
  lastMonth: 'Last month',
  noPrice: 'A price is missing',
  budget: 'Budget of {{period}}',
  expiring: 'Ends within 30 days',
  nothingExpiring: 'Nothing ends within 30 days.',
  platformsAway: 'Platforms that do not answer',
  residues: 'Operations that left something behind',
  unread: '{{count}} unread notices',
}
