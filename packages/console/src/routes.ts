import {
  adviceList,
  auditList,
  billGet,
  billList,
  collectionList,
  nodeList,
  offeringCreate,
  offeringEdit,
  offeringList,
  operationList,
  organisationGet,
  organisationList,
  personList,
  platformAdd,
  platformGet,
  poolList,
  priceList,
  requestApprove,
  requestCreate,
  requestEdit,
  requestForward,
  requestList,
  requestPurge,
  requestRestore,
  resourceList,
  serverOpenConsole,
  statementGet,
  statementList,
  systemList,
  templateList,
  webhookList,
} from '@yiduo/contract'

import type { ComponentType } from 'react'
import type { Needs } from './api/permissions.ts'
import type { zhCn } from './i18n/zh-cn/index.ts'
import type { Group } from './layouts/groups.ts'

export interface PageRoute {
  /** As the router writes it: `/requests/$requestId`. */
  readonly path: string
  readonly title: keyof typeof zhCn.pages
  /** Whoever may do none of these does not find the page, and is told why when a link leads there. */
  readonly needs?: Needs
  readonly load: () => Promise<ComponentType>
  /** Its place in the navigation; absent for pages that others lead to. */
  readonly group?: Group
  /** Pressed after `g`, goes there. */
  readonly key?: string
  /** Fills the window without navigation around it. */
  readonly bare?: true
}

/** Every page: the router, the navigation, the search and the tests read this one table. */
export const routes: readonly PageRoute[] = [
  {
    path: '/',
    title: 'home',
    group: 'work',
    key: 'h',
    load: async () => (await import('./pages/home.tsx')).HomePage,
  },
  {
    path: '/inbox',
    title: 'inbox',
    needs: [requestApprove, requestForward],
    group: 'work',
    key: 'i',
    load: async () => (await import('./pages/inbox/index.tsx')).InboxPage,
  },
  {
    path: '/catalogue',
    title: 'catalogue',
    needs: offeringList,
    group: 'work',
    key: 'k',
    load: async () => (await import('./pages/catalogue/index.tsx')).CataloguePage,
  },
  {
    path: '/catalogue/$offeringId',
    title: 'catalogue',
    needs: offeringList,
    load: async () => (await import('./pages/catalogue/offering.tsx')).OfferingPage,
  },
  {
    path: '/catalogue/templates/$templateId',
    title: 'catalogue',
    needs: templateList,
    load: async () => (await import('./pages/catalogue/template.tsx')).TemplatePage,
  },
  {
    path: '/requests/new',
    title: 'newRequest',
    needs: requestCreate,
    load: async () => (await import('./pages/requests/new.tsx')).NewRequestPage,
  },
  {
    path: '/requests/$requestId/edit',
    title: 'request',
    needs: requestEdit,
    load: async () => (await import('./pages/requests/edit.tsx')).EditRequestPage,
  },
  {
    path: '/requests',
    title: 'requests',
    needs: requestList,
    group: 'work',
    key: 'r',
    load: async () => (await import('./pages/requests/index.tsx')).RequestsPage,
  },
  {
    path: '/requests/$requestId',
    title: 'request',
    needs: requestList,
    load: async () => (await import('./pages/requests/request.tsx')).RequestPage,
  },
  {
    path: '/collections',
    title: 'collections',
    needs: collectionList,
    group: 'work',
    key: 'c',
    load: async () => (await import('./pages/collections/index.tsx')).CollectionsPage,
  },
  {
    path: '/collections/$collectionId',
    title: 'collection',
    needs: collectionList,
    load: async () => (await import('./pages/collections/collection.tsx')).CollectionPage,
  },
  {
    path: '/operations',
    title: 'operations',
    needs: operationList,
    group: 'cloud',
    key: 'o',
    load: async () => (await import('./pages/operations/index.tsx')).OperationsPage,
  },
  {
    path: '/operations/$operationId',
    title: 'operation',
    needs: operationList,
    load: async () => (await import('./pages/operations/operation.tsx')).OperationPage,
  },
  {
    path: '/recycle-bin',
    title: 'recycleBin',
    needs: [requestPurge, requestRestore],
    group: 'cloud',
    load: async () => (await import('./pages/recycle-bin.tsx')).RecycleBinPage,
  },
  {
    path: '/notices',
    title: 'notices',
    group: 'settings',
    key: 'n',
    load: async () => (await import('./pages/notices.tsx')).NoticesPage,
  },
  {
    path: '/nodes',
    title: 'nodes',
    needs: nodeList,
    group: 'province',
    key: 'd',
    load: async () => (await import('./pages/nodes/index.tsx')).NodesPage,
  },
  {
    path: '/platforms',
    title: 'platforms',
    needs: platformGet,
    group: 'province',
    key: 'p',
    load: async () => (await import('./pages/platforms/index.tsx')).PlatformsPage,
  },
  {
    path: '/platforms/new',
    title: 'addPlatform',
    needs: platformAdd,
    load: async () => (await import('./pages/platforms/new.tsx')).AddPlatformPage,
  },
  {
    path: '/platforms/$platformId',
    title: 'platform',
    needs: platformGet,
    load: async () => (await import('./pages/platforms/platform.tsx')).PlatformPage,
  },
  {
    path: '/pools',
    title: 'pools',
    needs: poolList,
    group: 'province',
    key: 'l',
    load: async () => (await import('./pages/pools.tsx')).PoolsPage,
  },
  {
    path: '/systems',
    title: 'systems',
    needs: systemList,
    group: 'cloud',
    key: 's',
    load: async () => (await import('./pages/systems/index.tsx')).SystemsPage,
  },
  {
    path: '/systems/$systemId',
    title: 'systems',
    needs: systemList,
    load: async () => (await import('./pages/systems/system.tsx')).SystemPage,
  },
  {
    path: '/resources',
    title: 'resources',
    needs: resourceList,
    group: 'cloud',
    key: 'v',
    load: async () => (await import('./pages/resources/index.tsx')).ResourcesPage,
  },
  {
    path: '/resources/$resourceId',
    title: 'resources',
    needs: resourceList,
    load: async () => (await import('./pages/resources/resource.tsx')).ResourcePage,
  },
  {
    path: '/resources/$resourceId/console',
    title: 'resources',
    needs: serverOpenConsole,
    load: async () => (await import('./pages/resources/console.tsx')).ConsolePage,
  },
  {
    path: '/audit',
    title: 'audit',
    needs: auditList,
    group: 'oversight',
    key: 'a',
    load: async () => (await import('./pages/audit.tsx')).AuditPage,
  },
  {
    path: '/organisations',
    title: 'organisations',
    needs: organisationList,
    group: 'settings',
    load: async () => (await import('./pages/organisations/index.tsx')).OrganisationsPage,
  },
  {
    path: '/organisations/$organisationId',
    title: 'organisation',
    needs: organisationGet,
    load: async () => (await import('./pages/organisations/organisation.tsx')).OrganisationPage,
  },
  {
    path: '/people',
    title: 'people',
    needs: personList,
    group: 'settings',
    load: async () => (await import('./pages/people/index.tsx')).PeoplePage,
  },
  {
    path: '/offerings',
    title: 'offerings',
    needs: [offeringCreate, offeringEdit],
    group: 'province',
    key: 'f',
    load: async () => (await import('./pages/offerings/index.tsx')).OfferingsPage,
  },
  {
    path: '/offerings/$offeringId',
    title: 'offerings',
    needs: [offeringCreate, offeringEdit],
    load: async () => (await import('./pages/offerings/offering.tsx')).ReleasedOfferingPage,
  },
  {
    path: '/delegations',
    title: 'delegations',
    load: async () => (await import('./pages/delegations.tsx')).DelegationsPage,
  },
  {
    path: '/webhooks',
    title: 'webhooks',
    needs: webhookList,
    group: 'settings',
    load: async () => (await import('./pages/webhooks/index.tsx')).WebhooksPage,
  },
  {
    path: '/prices',
    title: 'prices',
    needs: priceList,
    group: 'money',
    load: async () => (await import('./pages/prices.tsx')).PricesPage,
  },
  {
    path: '/bills',
    title: 'bills',
    needs: billList,
    group: 'money',
    key: 'b',
    load: async () => (await import('./pages/bills/index.tsx')).BillsPage,
  },
  {
    path: '/bills/$organisationId/$month',
    title: 'bill',
    needs: billGet,
    load: async () => (await import('./pages/bills/bill.tsx')).BillPage,
  },
  {
    path: '/statements',
    title: 'statements',
    needs: statementList,
    group: 'money',
    load: async () => (await import('./pages/statements/index.tsx')).StatementsPage,
  },
  {
    path: '/statements/$statementId',
    title: 'statement',
    needs: statementGet,
    load: async () => (await import('./pages/statements/statement.tsx')).StatementPage,
  },
  {
    path: '/advice',
    title: 'advice',
    needs: adviceList,
    group: 'money',
    load: async () => (await import('./pages/advice.tsx')).AdvicePage,
  },
]
