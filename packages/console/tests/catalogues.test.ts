import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
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

const root = join(import.meta.dirname, '../../..')
const sagaFiles = 'packages/server/src/modules/*/sagas/*.ts'

test('every saga, who acts in the audit trail, and every step of one is called by words', async () => {
  const found = { sagas: new Set<string>(), steps: new Set<string>() }
  for await (const file of glob(sagaFiles, { cwd: root })) {
    if (file.endsWith('.test.ts')) continue
    const text = await readFile(join(root, file), 'utf8')
    for (const [, name = ''] of text.matchAll(/\bsaga(?:<[^(]*>)?\(\s*'([a-z-]+)/g)) found.sagas.add(name)
    for (const [, name = ''] of text.matchAll(/\bname: '([a-z-]+)',\s*(?:run|rows)\b/g)) found.steps.add(name)
  }
  expect(found.sagas.size).toBeGreaterThan(10)
  expect(found.steps.size).toBeGreaterThan(20)
  expect([...found.sagas].filter((it) => !(it in zhCn.sagas.sagas))).toEqual([])
  expect([...found.steps].filter((it) => !(it in zhCn.sagas.steps))).toEqual([])
})

test('every part of the program that acts by itself is called by words', async () => {
  const parts = new Set<string>()
  for await (const file of glob('packages/server/src/**/*.ts', { cwd: root })) {
    if (file.endsWith('.test.ts')) continue
    const text = await readFile(join(root, file), 'utf8')
    for (const [, part = ''] of text.matchAll(/\bprogramAct\(\s*'([a-z-]+)'/g)) parts.add(part)
  }
  expect(parts.size).toBeGreaterThan(10)
  expect([...parts].filter((it) => !(it in zhCn.oversight.programs))).toEqual([])
})
