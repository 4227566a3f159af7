import { Link } from '@tanstack/react-router'
import { requestCreate } from '@yiduo/contract'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useMay } from '../../api/session.ts'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { useFormats } from '../../ui/format.ts'
import type { PlanOffered } from '../names.tsx'
import styles from './catalogue.module.css'
import { MonthlyPrice } from './price.tsx'

/** Plans beside each other, one a column: what differs is read across. */
export const PlanComparison = ({ plans }: { readonly plans: readonly PlanOffered[] }) => {
  const { t } = useTranslation()
  const { memory, storage, money } = useFormats()
  const may = useMay()
  const rows: readonly (readonly [string, (it: PlanOffered) => ReactNode])[] = [
    [t('catalogue.vcpus'), ({ plan }) => plan.vcpus],
    [t('catalogue.memory'), ({ plan }) => memory(plan.memoryMib)],
    [t('catalogue.disk'), ({ plan }) => storage(plan.systemDiskGib)],
    [t('catalogue.architecture'), ({ offering }) => offering.architecture],
    [t('catalogue.price'), ({ plan }) => <MonthlyPrice yuanE4={plan.monthlyPriceYuanE4} />],
    [
      t('catalogue.pricePerCore'),
      ({ plan }) => (plan.monthlyPriceYuanE4 === null ? '–' : money(plan.monthlyPriceYuanE4 / plan.vcpus)),
    ],
    [
      t('catalogue.approval'),
      ({ plan, offering }) =>
        t(plan.vcpus <= offering.approvedByRuleUpToVcpus ? 'catalogue.byRule' : 'catalogue.byPeople'),
    ],
    [t('catalogue.testDays'), ({ offering }) => t('states.time.days', { count: offering.testDays })],
    [t('catalogue.images'), ({ offering }) => offering.imageNames.join(', ')],
  ]
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, also by the keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={t('catalogue.compare')}>
      <table className={styles.comparison}>
        <thead>
          <tr>
            <td />
            {plans.map(({ plan }) => (
              <th key={plan.id} scope="col">
                {plan.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([title, cell]) => (
            <tr key={title}>
              <th scope="row">{title}</th>
              {plans.map((it) => (
                <td key={it.plan.id}>{cell(it)}</td>
              ))}
            </tr>
          ))}
          {may(requestCreate) && (
            <tr>
              <td />
              {plans.map(({ plan, offering }) => (
                <td key={plan.id}>
                  {offering.released && (
                    <Link to={paths.newRequest()} search={{ planId: plan.id }}>
                      <Button type="primary" size="small" aria-label={`${t('catalogue.order')} ${plan.name}`}>
                        {t('catalogue.order')}
                      </Button>
                    </Link>
                  )}
                </td>
              ))}
            </tr>
          )}
        </tbody>
      </table>
    </section>
  )
}
