import { closingPolicyGet, routeList, workingDayList } from '@yiduo/contract'
import { useMay } from '../../api/session.ts'
import { useTranslation } from '../../i18n/index.ts'
import { Page } from '../../ui/page.tsx'
import { ApprovalRoutes } from './approval-routes.tsx'
import { Closing } from './closing.tsx'
import { WorkingDays } from './working-days.tsx'

/** By what rules requests are approved, on which days offices work, and when months are closed. */
export const RulesPage = () => {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <Page title={t('pages.rules')} hint={t('rules.hint')}>
      {may(routeList) && <ApprovalRoutes />}
      {may(workingDayList) && <WorkingDays />}
      {may(closingPolicyGet) && <Closing />}
    </Page>
  )
}
