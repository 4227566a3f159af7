import { auditCheckpoints, auditExport, auditList, auditState } from '@yiduo/contract'
import { Tabs } from 'antd'
import { useMay } from '../../api/session.ts'
import { useTranslation } from '../../i18n/index.ts'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import { Chain } from './chain.tsx'
import { Checkpoints } from './checkpoints.tsx'
import { Entries } from './entries.tsx'
import { ExportTrail } from './export-trail.tsx'

const tabs = { entries: Entries, chain: Chain, checkpoints: Checkpoints } as const
const tabNames = ['entries', 'chain', 'checkpoints'] as const

/** What was done, and what holds it together: entries, the chain's state, the checkpoints that prove it later. */
export const AuditPage = () => {
  const { t } = useTranslation()
  const may = useMay()
  const [filters, setFilters] = useFilters(['tab'])
  const allowed = { entries: may(auditList), chain: may(auditState), checkpoints: may(auditCheckpoints) }
  const shown = tabNames.filter((it) => allowed[it])
  const tab = shown.find((it) => it === filters.tab) ?? shown[0] ?? 'entries'
  const Shown = tabs[tab]
  return (
    <Page
      title={t('pages.audit')}
      hint={t('oversight.auditHint')}
      actions={tab === 'entries' && may(auditExport) && <ExportTrail />}
      filled={tab === 'entries'}
    >
      <Tabs
        activeKey={tab}
        onChange={(next) => setFilters({ tab: next === shown[0] ? undefined : next })}
        items={shown.map((it) => ({ key: it, label: t(`trail.tabs.${it}`) }))}
      />
      <Shown />
    </Page>
  )
}
