import { Link } from '@tanstack/react-router'
import { useTranslation } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import styles from './shell.module.css'

/** The way home. */
export const Brand = () => {
  const { t } = useTranslation()
  return (
    <Link to={paths.home()} className={styles.brand}>
      <img src="/favicon.svg" alt="" width={28} height={28} />
      <span>{t('shell.product')}</span>
    </Link>
  )
}
