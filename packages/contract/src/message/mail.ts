import { fill, type Locale } from './catalogue.ts'

const texts = {
  'zh-CN': {
    many: '[一朵] {count} 条通知',
    one: '[一朵] {message}',
    head: '您有 {count} 条通知：',
    more: '……另有 {count} 条，请登录后查看。',
    foot: '本邮件由政务云管理平台“一朵”自动发出，请勿回复。接收方式可用 `yiduo notice-preference set` 修改。',
  },
  en: {
    many: '[Yiduo] {count} notices',
    one: '[Yiduo] {message}',
    head: 'You have {count} notices:',
    more: '… and {count} more; log in to see them.',
    foot: 'Sent by Yiduo; nobody reads answers. Change how notices come with `yiduo notice-preference set`.',
  },
} as const satisfies Record<Locale, Record<string, string>>

/** So many stand in one mail; the others are counted. */
const shown = 50
const subjectCharacters = 100

/** No line break or control character may come into a header. */
const oneLine = (text: string): string => [...text.replaceAll(/\p{Cc}+/gu, ' ')].slice(0, subjectCharacters).join('')

/** One mail of all that piled up for a person, in their language. */
export const describeMail = (
  notices: readonly { readonly message: string; readonly next: string }[],
  locale: Locale,
): { subject: string; text: string } => {
  const words = texts[locale]
  const count = notices.length
  const [first] = notices
  const subject = count === 1 && first ? fill(words.one, { message: first.message }) : fill(words.many, { count })
  const lines = notices.slice(0, shown).map((it, index) => `${index + 1}. ${it.message}\n   ${it.next}`)
  const more = count > shown ? [fill(words.more, { count: count - shown })] : []
  return {
    subject: oneLine(subject),
    text: `${[fill(words.head, { count }), ...lines, ...more, words.foot].join('\n\n')}\n`,
  }
}
