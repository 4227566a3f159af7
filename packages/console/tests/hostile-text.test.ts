import { type Client, noticeList, type ServiceRequest } from '@yiduo/contract'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { act } from './world/acts.ts'
import type { Window } from './world/browser.ts'
import { clientOf, describeConsole, openAs, useBrowser, visit } from './world/console.ts'
import { drafted, fresh, newSystem, sent } from './world/orders.ts'
import { wordsIn } from './world/words.ts'

const locale = 'zh-CN'
const words = wordsIn(locale)
const long = '长'.repeat(10_000)
const tooLong = (longest: number) =>
  words.states.tooLong.replace('{{longest}}', `${longest}`).replace('{{count}}', `${long.length}`)

/** Each would call `alert` where it were taken for markup. */
const script = () => `${fresh('脚本')}"'><img src=x onerror=alert(1)><script>alert(2)</script>\${alert(3)}{{alert(4)}}`

/** Arabic, an override that is never closed, and the end of an isolate that was never begun. */
const turned = () => `${fresh('نظام الرعاية')}\u2069 \u202Eab†`

/** What an auditor reads of an act stands behind a button. */
const read = async ({ page }: Window, address: string): Promise<void> => {
  await visit(page, address)
  if (address.startsWith('/audit')) await page.getByRole('button', { name: words.oversight.show }).last().click()
}

/** What ran that should have been read. */
const watched = async (window: Window): Promise<readonly string[]> => {
  const ran: string[] = []
  window.page.on('dialog', (dialog) => {
    ran.push(dialog.message())
    void dialog.dismiss()
  })
  return ran
}

/** Every page on which what a department names is read, by whoever reads it. */
const readings = (systemId: string, name: string, request: ServiceRequest): readonly (readonly [string, string])[] => [
  ['wu.department', `/systems?text=${encodeURIComponent(name.slice(0, 9))}`],
  ['wu.department', `/systems/${systemId}`],
  ['wu.department', `/requests?systemId=${systemId}`],
  ['wu.department', `/requests/${request.id}`],
  ['li.operator', `/inbox?id=${request.id}`],
  ['li.operator', '/notices'],
  ['qian.auditor', `/audit?target=${request.id}`],
]

/** A system and a request, large enough to wait for somebody, which bear the name. */
const named = async (client: Client, name: string) => {
  const system = await newSystem(client, name)
  const request = await sent(client, system.id, [{ plan: 'general-8c16g', name }])
  const operator = await clientOf('li.operator')
  await expect
    .poll(async () => (await operator.call(noticeList, {})).items.some((it) => it.subject === request.id), {
      timeout: 30_000,
    })
    .toBe(true)
  return readings(system.id, name, request)
}

/** Pieces of text beside a name that do not run from left to right, one line at a time. */
const disturbed = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const strange = /[\u0590-\u08FF\u202A-\u202E\u2066-\u2069]/
    const wrong: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent ?? ''
      // Behind the name, which ends so: ‘… · 省人力资源和社会保障厅’.
      const from = Math.max(text.lastIndexOf('†') + 1, 0)
      if (strange.test(text) && from === 0) continue
      const place = document.createRange()
      let before: DOMRect | undefined
      for (let at = strange.test(text) ? from : 0; at < text.length; at++) {
        if (!text[at]?.trim()) continue
        place.setStart(node, at)
        place.setEnd(node, at + 1)
        const box = place.getBoundingClientRect()
        if (before && box.width > 0 && Math.abs(box.top - before.top) < 2 && box.left < before.left) wrong.push(text)
        if (box.width > 0) before = box
      }
    }
    return [...new Set(wrong)]
  })

describeConsole('text that means harm', () => {
  useBrowser()

  test('of 10,000 characters is not cut off unseen: the limit is said at the field, and nothing is sent', async () => {
    const client = await clientOf('wu.department')
    const { id } = await drafted(client, (await newSystem(client)).id, [{ name: 'kurz' }])
    await using window = await openAs('wu.department', { locale })
    const { page } = window
    await visit(page, `/requests/${id}/edit`)
    const name = page.getByLabel(words.form.name, { exact: true })
    await name.fill(long)
    await page.getByRole('alert').getByText(tooLong(120)).waitFor()
    expect(await name.inputValue()).toBe(long)
    const asked: string[] = []
    page.on('request', (it) => it.method() === 'PUT' && asked.push(it.url()))
    await page.getByRole('button', { name: words.form.saveEdit }).click()
    await page.getByText(words.form.missing).waitFor()
    expect(asked).toEqual([])
    await name.fill('字'.repeat(120))
    await page.getByRole('button', { name: words.form.saveEdit }).click()
    await page.waitForURL((url) => url.pathname === `/requests/${id}`)

    await page.getByRole('button', { name: words.request.discard, exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill(long)
    await dialog.getByText(tooLong(2_000)).waitFor()
    expect(await dialog.getByRole('button', { name: words.request.discard, exact: true }).isDisabled()).toBe(true)
    expect(window.complaints).toEqual([])
  })

  test('is shown as it was typed, and none of its scripts runs, wherever it is read', async () => {
    const name = script()
    for (const [login, ...addresses] of await named(await clientOf('wu.department'), name)) {
      await using window = await openAs(login, { locale })
      const ran = await watched(window)
      for (const address of addresses) {
        await read(window, address)
        await window.page.getByText('<script>alert(2)</script>').first().waitFor()
        expect({ address, ran, complaints: window.complaints }).toEqual({ address, ran: [], complaints: [] })
      }
    }
  })

  test('is sent as it was typed, and shown so, through every field of a form', async () => {
    const name = script()
    await using window = await openAs('wu.department', { locale })
    const ran = await watched(window)
    const { page } = window
    await visit(page, '/systems')
    await page.getByRole('button', { name: words.systems.create }).first().click()
    await page.getByRole('dialog').getByLabel(words.systems.name, { exact: true }).fill(name)
    await page.getByRole('dialog').getByRole('button', { name: words.states.create }).click()
    await page.getByRole('heading', { name }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: words.shell.search }).fill(name.slice(0, 40))
    await page.getByRole('option').getByText(name).waitFor()
    await page.keyboard.press('Escape')
    const client = await clientOf('wu.department')
    const { id } = await drafted(client, page.url().split('/').at(-1) ?? '', [{ name }])
    await visit(page, `/requests/${id}`)
    await act(page, words.request.discard, { remark: name })
    await page.getByRole('region', { name: words.request.history }).getByText(name).waitFor()
    expect(ran).toEqual([])
    expect(window.complaints).toEqual([])
  })
})

describeConsole('a name', () => {
  useBrowser()

  test('from right to left turns nothing beside it', async () => {
    for (const [login, ...addresses] of await named(await clientOf('wu.department'), turned())) {
      await using window = await openAs(login, { locale })
      for (const address of addresses) {
        await read(window, address)
        await window.page
          .getByText(/نظام الرعاية/)
          .first()
          .waitFor()
        expect({ address, wrong: await disturbed(window.page) }).toEqual({ address, wrong: [] })
      }
    }
  })
})
