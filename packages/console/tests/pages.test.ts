import { type Locale, locales } from '@yiduo/contract'
import axe from 'axe-core'
import { expect, test } from 'vitest'
import type { Window } from './world/browser.ts'
import { clientOf, describeConsole, openAs, useBrowser, visit } from './world/console.ts'
import { type Visit, visits } from './world/visits.ts'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

interface Violation {
  readonly id: string
  readonly impact: string | null
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

const seriousOn = async ({ page }: Window): Promise<string[]> => {
  await page.evaluate(axe.source)
  const asked = `axe.run({ runOnly: { type: 'tag', values: ${JSON.stringify(rules)} } })`
  const { violations } = (await page.evaluate(asked)) as { violations: Violation[] }
  return violations
    .filter((it) => it.impact === 'serious' || it.impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map((it) => `${id}: ${it.html.slice(0, 200)} ${it.failureSummary ?? ''}`),
    )
}

/** Labels, headings and buttons are ours; names of things are the province's own, in its language. */
const labels = 'label, [role="columnheader"], main button, nav a, .ant-tag, .ant-empty, dt'
/** A page of one thing has that thing's name for its heading. */
const oursAt = (path: string): string => (path.includes('$') ? labels : `${labels}, h1, h2, th`)

const untranslatedOn = async ({ page }: Window, path: string, locale: Locale): Promise<string[]> => {
  const text = await page.locator('body').innerText()
  // A key of a catalogue that has no text is shown as it is.
  const keys = text.match(/\b[a-z][a-zA-Z]*(\.[a-z][a-zA-Z]*){1,3}\b/g) ?? []
  const bare = keys.filter((it) =>
    /^(states|shell|pages|requests|home|catalogue|systems|resources|oversight|trail|grants|findings)\./.test(it),
  )
  if (locale !== 'en') return bare
  const texts = await page.locator(oursAt(path)).allInnerTexts()
  return [...bare, ...texts.filter((it) => /\p{Script=Han}/u.test(it))]
}

interface Look {
  readonly locale: Locale
  readonly theme: 'light' | 'dark'
}

/** What is wrong with a page, nothing if all is well. */
const wrongOn = async (window: Window, it: Visit, { locale, theme }: Look): Promise<string[]> => {
  const address = await it.find(await clientOf(it.login))
  if (address === null) return []
  const before = window.complaints.length
  await visit(window.page, address)
  const seen = [...(await untranslatedOn(window, it.path, locale)), ...(await seriousOn(window))]
  const wrong = [...seen, ...window.complaints.slice(before)]
  return wrong.map((words) => `${it.path} (${it.login}, ${locale}, ${theme}): ${words}`)
}

/** All that one person looks at, in one window: what it has loaded once it need not load again. */
const wrongFor = async (login: string, look: Look): Promise<string[]> => {
  await using window = await openAs(login, look)
  const wrong: string[] = []
  for (const it of visits) if (it.login === login) wrong.push(...(await wrongOn(window, it, look)))
  return wrong
}

describeConsole('every page of the table', () => {
  useBrowser()

  // One language by day, the other by night: contrast is the theme's, words are the language's.
  test.each(locales)(
    'shows nothing untranslated, nothing that axe finds serious and no defect, in %s',
    async (locale) => {
      const wrong: string[] = []
      for (const login of new Set(visits.map((it) => it.login)))
        wrong.push(...(await wrongFor(login, { locale, theme: locale === 'en' ? 'dark' : 'light' })))
      expect(wrong).toEqual([])
    },
  )
})
