import { expect, test } from 'vitest'
import { en } from '../src/i18n/en/index.ts'
import { zhCn } from '../src/i18n/zh-cn/index.ts'

const flat = (it: object, at = ''): [string, string][] =>
  Object.entries(it).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${at}${key}`, value] as [string, string]] : flat(value as object, `${at}${key}.`),
  )

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).toSorted()

test('both languages say the same things with the same parameters', () => {
  const [chinese, english] = [new Map(flat(zhCn)), new Map(flat(en))]
  expect([...english.keys()].toSorted()).toEqual([...chinese.keys()].toSorted())
  for (const [key, text] of chinese)
    expect([key, placeholders(english.get(key) ?? '')]).toEqual([key, placeholders(text)])
})

const spokenInBoth = new Set(['shell.otherLanguage'])
/** Units and marks are the same in both. */
const isWordless = (text: string): boolean => !/\p{L}{3,}/u.test(text.replaceAll(/\{\{\w+\}\}/g, ''))

test('Chinese texts are Chinese, English ones are not, and none is empty but a unit', () => {
  for (const [key, text] of flat(zhCn))
    if (!spokenInBoth.has(key) && !/^(GiB|TiB)$/.test(text) && !isWordless(text))
      expect([key, /\p{Script=Han}/u.test(text)]).toEqual([key, true])
  for (const [key, text] of flat(en))
    if (!spokenInBoth.has(key)) expect([key, /\p{Script=Han}/u.test(text)]).toEqual([key, false])
})
