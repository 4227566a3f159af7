import { requestPurge, requestRestore, wipeRecordList } from '@yiduo/contract'
import { Tabs } from 'antd'
import { useMay } from '../../api/session.ts'
import { useTranslation } from '../../i18n/index.ts'
import { Page } from '../../ui/page.tsx'
import { useFilters } from '../../ui/search.ts'
import { Bin } from './bin.tsx'
import { WipeRecords } from './wipe-records.tsx'

const tabs = { bin: Bin, wiped: WipeRecords } as const
const tabNames = ['bin', 'wiped'] as const

/** What is kept for a while after it was given back, and what is gone for good, with the evidence. */
export const RecycleBinPage = () => {
  const { t } = useTranslation()
  const may = useMay()
  const [filters, setFilters] = useFilters(['tab'])
  const allowed = { bin: may(requestPurge) || may(requestRestore), wiped: may(wipeRecordList) }
  const shown = tabNames.filter((it) => allowed[it])
  const tab = shown.find((it) => it === filters.tab) ?? shown[0] ?? 'bin'
  const Shown = tabs[tab]
  return (
    <Page title={t('pages.recycleBin')} hint={t('recycleBin.hint')} filled>
      <Tabs
        activeKey={tab}
        onChange={(next) => setFilters({ tab: next === shown[0] ? undefined : next })}
        items={shown.map((it) => ({ key: it, label: t(`recycleBin.tabs.${it}`) }))}
      />
      <Shown />
    </Page>
  )
}
