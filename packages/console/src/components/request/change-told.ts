import type { Change } from '@yiduo/contract'
import { useTranslation } from '../../i18n/index.ts'
import { useFormats } from '../../ui/format.ts'
import { joined } from '../../ui/joined.ts'
import { usePlans } from '../names.tsx'

/** What a change asks for beside its kind. */
export const useChangeTold = (): ((change: Change) => string) => {
  const { t } = useTranslation()
  const plans = usePlans()
  const { storage, day } = useFormats()
  return (it) =>
    joined([
      it.planId && (plans.get(it.planId)?.plan.name ?? it.planId),
      it.sizeGib !== undefined && storage(it.sizeGib),
      it.name,
      it.expiresAt !== undefined && (it.expiresAt === null ? t('request.openEnded') : day(it.expiresAt)),
      it.systemName,
      it.organisationName,
      it.quantity !== undefined && `×${it.quantity}`,
      it.forced && t('request.forced'),
    ])
}
