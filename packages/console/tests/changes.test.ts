import { requestPassTest, requestSubmit } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { choose, shows } from './world/acts.ts'
import { clientOf, describeConsole, openAs, useBrowser, visit } from './world/console.ts'
import { drafted, fresh, newSystem, reaches } from './world/orders.ts'
import { wordsIn } from './world/words.ts'

const locale = 'zh-CN'
const words = wordsIn(locale)

describeConsole('what stands', () => {
  useBrowser()

  test('grows, shrinks where the name is typed, and goes to another system, each by one request', async () => {
    const client = await clientOf('zhou.department')
    const [from, to] = [await newSystem(client), await newSystem(client)]
    const name = fresh('cha')
    const { id } = await drafted(client, from.id, [{ name }])
    const call = { params: { requestId: id }, body: {} }
    await client.call(requestSubmit, call)
    await reaches(client, id, 'testing')
    await client.call(requestPassTest, call)

    await using window = await openAs('zhou.department', { locale })
    const { page } = window
    const dialog = page.getByRole('dialog')
    const scale = async (quantity: number) => {
      await visit(page, `/requests/${id}`)
      await page.getByRole('button', { name: words.request.scale, exact: true }).click()
      await dialog.getByLabel(words.request.quantity).fill(String(quantity))
      await dialog.getByText(words.changes.byRule).waitFor()
    }
    const ask = async () => {
      await dialog.getByRole('button', { name: words.changes.ask }).click()
      await page.waitForURL((url) => url.pathname !== `/requests/${id}`)
      await shows(page, locale, 'completed')
    }
    await scale(2)
    await ask()
    await scale(1)
    expect(await dialog.getByRole('button', { name: words.changes.ask }).isDisabled()).toBe(true)
    await dialog.getByRole('textbox').last().fill(name)
    await ask()

    await visit(page, `/requests/${id}`)
    await page.getByRole('button', { name: words.request.transfer, exact: true }).click()
    await choose(page, words.request.transferTo, to.name)
    await dialog.getByText(words.changes.byRule).waitFor()
    await ask()
    await visit(page, `/requests/${id}`)
    await page.getByRole('region', { name: words.request.overview }).getByRole('link', { name: to.name }).waitFor()
    expect(window.complaints).toEqual([])
  })
})
