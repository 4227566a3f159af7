import { wordOf } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { choose, shows } from './world/acts.ts'
import { clientOf, describeConsole, openAs, useBrowser, visit } from './world/console.ts'
import { drafted, fresh, newSystem, sent } from './world/orders.ts'
import { wordsIn } from './world/words.ts'
import { entriesOf } from './world/workbook.ts'

const locale = 'zh-CN'
const words = wordsIn(locale)

describeConsole('habits of people', () => {
  useBrowser()

  test('a list as it was filtered is a link, and the back button leads through what was looked at', async () => {
    await using window = await openAs('wang.department', { locale })
    const { page } = window
    await visit(page, '/requests?state=completed')
    const grid = page.getByRole('grid', { name: words.pages.requests })
    const filtered = page.waitForResponse(/\/requests\?.*kind=change/)
    await choose(page, words.requests.kind, wordOf(locale, 'requestKind', 'change'))
    await page.waitForURL(/kind=change/)
    await filtered
    // Others complete theirs meanwhile: one of those that are changes is clicked by its name.
    const row = grid.getByRole('row').filter({ hasText: wordOf(locale, 'requestKind', 'change') })
    const name = await row.getByRole('link').first().innerText()
    await grid.getByRole('link', { name }).first().click()
    await page.getByRole('heading', { level: 1 }).getByText(name).waitFor()
    await page.goBack()
    await page.waitForURL((url) => url.search === '?state=completed&kind=change')
    await grid.getByRole('link', { name }).first().waitFor()
    await page.goBack()
    await page.waitForURL((url) => url.search === '?state=completed')
    expect(window.complaints).toEqual([])
  })
  test('a draft survives the closing of its tab, and can be thrown away', async () => {
    await using window = await openAs('wu.department', { locale })
    const name = fresh('draft')
    await visit(window.page, '/requests/new')
    await window.page.getByLabel(words.form.name, { exact: true }).fill(name)
    await window.page.close()
    const page = await window.context.newPage()
    await visit(page, '/requests/new')
    await page.getByText(words.states.draftRestored).waitFor()
    const field = page.getByLabel(words.form.name, { exact: true })
    expect(await field.inputValue()).toBe(name)
    await page.getByRole('button', { name: words.states.draftDiscard }).click()
    await expect.poll(() => field.inputValue()).toBe('')
  })

  test('what cannot be undone asks for the name, and takes no other', async () => {
    await using window = await openAs('li.operator', { locale })
    const { page } = window
    await visit(page, '/recycle-bin')
    const row = page.getByRole('row').filter({ hasText: '防汛值班调度系统' })
    await row.getByRole('button', { name: words.request.purge }).click()
    const dialog = page.getByRole('dialog')
    const purge = dialog.getByRole('button', { name: words.request.purge, exact: true })
    await dialog.getByText('fangxun-app').first().waitFor()
    const name = dialog.getByLabel(words.states.danger.typeName.replace('{{name}}', '防汛值班调度系统'))
    expect(await purge.isDisabled()).toBe(true)
    await name.fill('防汛值班调度')
    expect(await purge.isDisabled()).toBe(true)
    await name.press('Enter')
    await name.fill('防汛值班调度系统')
    expect(await purge.isDisabled()).toBe(false)
    await dialog.getByRole('button', { name: words.states.cancel }).click()
    await dialog.waitFor({ state: 'detached' })
    await row.getByRole('button', { name: words.request.purge }).waitFor()
  })
})

describeConsole('a search', () => {
  useBrowser()

  test('Ctrl-K finds a thing by a part of its name, and goes there', async () => {
    await using window = await openAs('wu.department', { locale })
    const { page } = window
    await visit(page, '/')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: words.shell.search }).waitFor()
    await page.keyboard.type('就业服务')
    await page.getByRole('option').filter({ hasText: '就业服务大数据平台' }).first().waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/systems\/sys_|\/requests\/req_/)
    await page.keyboard.press('g')
    await page.keyboard.press('b')
    await page.getByRole('heading', { level: 1, name: words.pages.bills }).waitFor()
    expect(window.complaints).toEqual([])
  })

  test('Enter opens what was typed last, not what an earlier letter had found', async () => {
    const client = await clientOf('wu.department')
    const system = await newSystem(client)
    await using window = await openAs('wu.department', { locale })
    const { page } = window
    await visit(page, '/')
    const held = Promise.withResolvers<void>()
    await page.route('**/api/v1/search?*', async (route) => {
      await held.promise
      await route.continue()
    })
    await page.keyboard.press('Control+k')
    const field = page.getByRole('combobox', { name: words.shell.search })
    await field.fill(system.name)
    await field.press('Enter')
    held.resolve()
    await page.waitForURL(new RegExp(`/systems/${system.id}`))
    expect(window.complaints).toEqual([])
  })
})

describeConsole('a keyboard and a sheet', () => {
  useBrowser()

  test('an operator approves without a mouse', async () => {
    const client = await clientOf('wu.department')
    const system = await newSystem(client)
    const request = await sent(client, system.id, [{ plan: 'general-8c16g', name: fresh('jian') }])
    await using window = await openAs('li.operator', { locale })
    const { page } = window
    await visit(page, `/inbox?id=${request.id}`)
    await page.getByRole('article', { name: system.name }).getByRole('button', { name: /A$/ }).waitFor()
    await page.keyboard.press('a')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').waitFor()
    await page.keyboard.type('同意')
    await page.keyboard.press('Control+Enter')
    await dialog.waitFor({ state: 'detached' })
    await visit(page, `/requests/${request.id}`)
    await shows(page, locale, 'testing')
    await page.getByText('同意', { exact: true }).first().waitFor()
    expect(window.complaints).toEqual([])
  })

  test('what a list shows is taken away as a sheet that holds its rows', async () => {
    const client = await clientOf('wu.department')
    const system = await newSystem(client)
    const name = fresh('zai-biao')
    await drafted(client, system.id, [{ name }])
    await using window = await openAs('wu.department', { locale })
    const { page } = window
    await visit(page, `/requests?systemId=${system.id}`)
    await page.getByRole('grid').getByRole('link', { name }).waitFor()
    await page.getByRole('button', { name: words.states.table.export }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: words.states.table.export }).click()
    const file = await download
    expect(file.suggestedFilename()).toBe('requests.xlsx')
    const entries = await entriesOf(file)
    const texts = [...entries.values()].join()
    expect(texts).toContain(name)
    expect(texts).toContain(words.requests.what)
    expect(entries.get('xl/worksheets/sheet1.xml')?.match(/<row /g)).toHaveLength(2)
  })
})
