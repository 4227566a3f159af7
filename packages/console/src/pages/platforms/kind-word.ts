import { useTranslation } from '../../i18n/index.ts'
import type { abilities } from '../../i18n/zh-cn/abilities.ts'

/** What a cloud can do and what it holds, in words; what a later release knows keeps its code. */
export const useKindWord = () => {
  const { t, i18n } = useTranslation()
  const isAbility = (name: string): name is keyof typeof abilities.can => i18n.exists(`abilities.can.${name}`)
  const isKind = (name: string): name is keyof typeof abilities.kinds => i18n.exists(`abilities.kinds.${name}`)
  return {
    capability: (name: string): string => (isAbility(name) ? t(`abilities.can.${name}`) : name),
    kind: (name: string): string => (isKind(name) ? t(`abilities.kinds.${name}`) : name),
  }
}
