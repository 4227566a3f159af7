import { Link } from '@tanstack/react-router'
import { requestCreate, type Template } from '@yiduo/contract'
import { Button } from 'antd'
import { useMay } from '../../api/session.ts'
import { useTranslation } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { joined } from '../../ui/joined.ts'
import styles from './catalogue.module.css'
import { MonthlyPrice } from './price.tsx'

/** A whole application at once: which parts, how many servers, what it costs. */
export const TemplateCard = ({ of: it }: { readonly of: Template }) => {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <li className={styles.card}>
      <h3>
        <Link to={paths.template(it.id)}>{it.name}</Link>
      </h3>
      <p>{it.description}</p>
      <p>{joined(it.parts.map((part) => `${part.name} ×${part.quantity}`))}</p>
      <MonthlyPrice yuanE4={it.monthlyPriceYuanE4} strong />
      <div className={styles.foot}>
        <span />
        {may(requestCreate) && it.refusals.length === 0 && (
          <Link to={paths.newRequest()} search={{ templateId: it.id }}>
            <Button type="primary" aria-label={`${t('catalogue.order')} ${it.name}`}>
              {t('catalogue.order')}
            </Button>
          </Link>
        )}
      </div>
    </li>
  )
}
