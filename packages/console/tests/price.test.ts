import { requestList } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { choose } from './world/acts.ts'
import { clientOf, describeConsole, openAs, useBrowser, visit } from './world/console.ts'
import { fresh, newSystem } from './world/orders.ts'
import { wordsIn } from './world/words.ts'

const locale = 'zh-CN'
const words = wordsIn(locale)

describeConsole('a price that has changed since it was shown', () => {
  useBrowser()

  test('is agreed to by nobody: the request is kept, not sent', async () => {
    const client = await clientOf('wu.department')
    const system = await newSystem(client)
    await using window = await openAs('wu.department', { locale })
    const { page } = window
    await page.route('**/api/v1/requests/quote', async (route) => {
      const answer = await route.fetch()
      const quote = await answer.json()
      await route.fulfill({ response: answer, json: { ...quote, monthlyPriceYuanE4: 12_340_000 } })
    })
    await visit(page, '/requests/new')
    await choose(page, words.requests.system, system.name)
    await choose(page, words.request.plan, '通用云服务器 1 核 2 GiB')
    await page.getByLabel(words.form.name, { exact: true }).fill(fresh('jia'))
    await page.getByText('¥1,234.00', { exact: true }).first().waitFor()
    await page.getByText(words.form.byRule).waitFor()
    await page.getByRole('button', { name: words.form.send }).click()
    await page.getByText(words.form.notSent).waitFor()
    await page.waitForURL(/\/requests\/req_/)
    const { items } = await client.call(requestList, { query: { systemId: system.id } })
    expect(items.map((it) => it.state)).toEqual(['draft'])
    expect(window.complaints).toEqual([])
  })
})
