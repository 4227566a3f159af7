import type { VocabularyName } from '@yiduo/contract'
import { Tag } from 'antd'
import { useWord } from '../i18n/index.ts'
import { requestTones, tagColours, toneOf } from './tone.ts'

/** A state in words, its meaning in colour. */
export const StateTag = ({ of, state }: { readonly of: VocabularyName; readonly state: string }) => {
  const word = useWord()
  const tone =
    of === 'requestState' && state in requestTones ? requestTones[state as keyof typeof requestTones] : toneOf(state) // `in` has looked
  return (
    <Tag color={tagColours[tone]} variant="filled">
      {word(of, state)}
    </Tag>
  )
}
