import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { locales } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { routes } from '../src/routes.ts'
import { describeConsole, openAs, useBrowser, visit, type Window } from './world/console.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  readonly id: string
  readonly impact: string | null
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

const seriousOn = async ({ page }: Window): Promise<string[]> => {
  await page.evaluate(axeSource)
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  const found = (await page.evaluate(`axe.run({ runOnly: { type: 'tag', values: ${JSON.stringify(tags)} } })`)) as {
    violations: Violation[]
  }
  return found.violations
    .filter((it) => it.impact === 'serious' || it.impact === 'critical')
    .flatMap((it) =>
      it.nodes.slice(0, 3).map((node) => `${it.id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
    )
}

/** Who looks: whoever sees the most of each part. */
const visitors = ['wang.department', 'li.operator', 'qian.auditor'] as const
const plain = routes.filter((it) => !it.path.includes('$'))

describeConsole('every page of the table', () => {
  useBrowser()
  const looks = visitors.flatMap((login) => locales.map((locale) => [login, locale] as const))

  test.each(looks)(
    'shows %s in %s nothing untranslated, nothing that axe finds serious, and no defect',
    async (login, locale) => {
      await using window = await openAs(login, { locale })
      for (const { path } of plain) {
        await visit(window.page, path)
        const text = await window.page.locator('body').innerText()
        // A key of a catalogue that has no text is shown as it is.
        expect([path, text.match(/\b(states|shell|pages|requests)\.[a-zA-Z.]+\b/g)]).toEqual([path, null])
        expect([path, await seriousOn(window)]).toEqual([path, []])
        if (locale === 'en') expect([path, await chromeInChinese(window)]).toEqual([path, []])
      }
      expect(window.complaints).toEqual([])
    },
  )
})

/** Labels, headings and buttons, which are ours; names of things are the province's own, in its language. */
const chromeInChinese = async ({ page }: Window): Promise<string[]> => {
  const ours = page.locator('h1, h2, label, th, [role="columnheader"], main button, nav a, .ant-tag')
  const texts = await ours.allInnerTexts()
  return texts.filter((it) => /\p{Script=Han}/u.test(it))
}
