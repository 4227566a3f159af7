import type { Shape } from '../shape.ts'
import type { pages as zhCn } from '../zh-cn/pages.ts'

export const pages: Shape<typeof zhCn> = {
  home: 'Home',
  catalogue: 'Catalogue',
  requests: 'Requests',
  request: 'Request',
  newRequest: 'New request',
  inbox: 'Inbox',
  collections: 'Collections',
  systems: 'Business systems',
  resources: 'Resources',
  operations: 'Operations',
  recycleBin: 'Recycle bin',
  bills: 'Bills',
  advice: 'Advice',
  nodes: 'Cloud nodes',
  platforms: 'Platforms',
  pools: 'Pools',
  prices: 'Prices',
  board: 'Situation board',
  audit: 'Audit trail',
  organisations: 'Organisations',
  people: 'People',
  notices: 'Notices',
}
