import { useNavigate } from '@tanstack/react-router'
import { requestSubmit, type ServiceRequest } from '@yiduo/contract'
import { App } from 'antd'
import { useAct } from '../api/answers.ts'
import { useTranslation } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { useTold } from '../ui/problem.tsx'

/**
 * Sends what was just saved, at the price that was shown, and shows it. Refused, it stays a draft, and its page is where
 * it is sent from later.
 */
export const useSendSaved = () => {
  const { t } = useTranslation()
  const { message, notification } = App.useApp()
  const navigate = useNavigate()
  const told = useTold()
  const submit = useAct(requestSubmit)
  const show = (saved: ServiceRequest) => navigate({ to: paths.request(saved.id) })
  return {
    busy: submit.isPending,
    show,
    send: async (saved: ServiceRequest, shownPriceYuanE4 = saved.monthlyPriceYuanE4) => {
      try {
        const body = { monthlyPriceYuanE4: shownPriceYuanE4 }
        await submit.mutateAsync({ params: { requestId: saved.id }, body })
        void message.success(t('form.sent'))
      } catch (error) {
        const { title, next } = told(error)
        notification.warning({ title: t('form.notSent'), description: `${title} ${next}`, duration: 0 })
      }
      await show(saved)
    },
  }
}
