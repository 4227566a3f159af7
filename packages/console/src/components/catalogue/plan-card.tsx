import { Link } from '@tanstack/react-router'
import { requestCreate } from '@yiduo/contract'
import { Button, Checkbox } from 'antd'
import { useMay } from '../../api/session.ts'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { useFormats } from '../../ui/format.ts'
import type { PlanOffered } from '../names.tsx'
import styles from './catalogue.module.css'
import { MonthlyPrice } from './price.tsx'

export const PlanCard = ({
  of: { plan },
  compared,
  onCompare,
}: {
  readonly of: PlanOffered
  readonly compared: boolean
  readonly onCompare: (compared: boolean) => void
}) => {
  const { t } = useTranslation()
  const { memory, storage } = useFormats()
  const may = useMay()
  return (
    <li className={styles.card}>
      <h4>{plan.name}</h4>
      <div className={styles.size}>
        <div>
          <strong>{plan.vcpus}</strong>
          <span>{t('catalogue.vcpus')}</span>
        </div>
        <div>
          <strong>{memory(plan.memoryMib)}</strong>
          <span>{t('catalogue.memory')}</span>
        </div>
        <div>
          <strong>{storage(plan.systemDiskGib)}</strong>
          <span>{t('catalogue.disk')}</span>
        </div>
      </div>
      <MonthlyPrice yuanE4={plan.monthlyPriceYuanE4} strong />
      <div className={styles.foot}>
        <Checkbox
          checked={compared}
          aria-label={`${t('catalogue.compare')} ${plan.name}`}
          onChange={(event) => onCompare(event.target.checked)}
        >
          {t('catalogue.compare')}
        </Checkbox>
        {may(requestCreate) && (
          <Link to={paths.newRequest()} search={{ planId: plan.id }}>
            <Button type="primary" aria-label={`${t('catalogue.order')} ${plan.name}`}>
              {t('catalogue.order')}
            </Button>
          </Link>
        )}
      </div>
    </li>
  )
}
