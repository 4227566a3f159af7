import { Tabs } from 'antd'
import { useTranslation } from '../../i18n/index.ts'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import { CreateCentre } from './centre-form.tsx'
import { CentreList } from './centre-list.tsx'
import { CreateLink } from './link-form.tsx'
import { LinkList } from './link-list.tsx'
import { CreateNode } from './node-form.tsx'
import { NodeList } from './node-list.tsx'
import { Topology } from './topology.tsx'

const tabs = {
  topology: { shown: Topology, add: null },
  nodes: { shown: NodeList, add: <CreateNode /> },
  centres: { shown: CentreList, add: <CreateCentre /> },
  links: { shown: LinkList, add: <CreateLink /> },
} as const
const tabNames = ['topology', 'nodes', 'centres', 'links'] as const

export const NodesPage = () => {
  const { t } = useTranslation()
  const [filters, setFilters] = useFilters(['tab'])
  const tab = tabNames.find((it) => it === filters.tab) ?? 'topology'
  const { shown: Shown, add } = tabs[tab]
  return (
    <Page title={t('pages.nodes')} hint={t('clouds.nodesHint')} actions={add} filled>
      <Tabs
        activeKey={tab}
        onChange={(next) => setFilters({ tab: next === 'topology' ? undefined : next })}
        items={tabNames.map((it) => ({ key: it, label: t(`clouds.tabs.${it}`) }))}
      />
      <Shown />
    </Page>
  )
}
