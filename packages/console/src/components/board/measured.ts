import { useTranslation } from '../../i18n/index.ts'
import { useFormats } from '../../ui/format.ts'
import type { LinkFinding } from './figures.ts'

/** An amount of what links are measured by, in its unit. */
export const useMeasured = () => {
  const { t } = useTranslation()
  const { number } = useFormats()
  return (measure: LinkFinding['measure'], amount: number): string => {
    switch (measure) {
      case 'distance-km':
        return t('board.km', { amount: number(amount) })
      case 'latency-ms':
        return t('board.latency', { ms: number(amount) })
      case 'bandwidth-mbps':
        return t('board.gbps', { amount: number(amount / 1_000) })
    }
  }
}
