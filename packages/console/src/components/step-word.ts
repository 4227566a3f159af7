import { useTranslation } from '../i18n/index.ts'
import type { sagas } from '../i18n/zh-cn/sagas.ts'

/** What an operation does, in words; what a later release does keeps its code. */
export const useStepWord = () => {
  const { t, i18n } = useTranslation()
  const isSaga = (name: string): name is keyof typeof sagas.sagas => i18n.exists(`sagas.sagas.${name}`)
  const isStep = (name: string): name is keyof typeof sagas.steps => i18n.exists(`sagas.steps.${name}`)
  return {
    // A saga whose steps changed bears the number of the change.
    saga: (full: string): string => {
      const name = full.replace(/@\d+$/, '')
      return isSaga(name) ? t(`sagas.sagas.${name}`) : name
    },
    step: (name: string): string => (isStep(name) ? t(`sagas.steps.${name}`) : name),
  }
}
