import { requestApprove, requestGet, requestReject } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { clientOf, describeConsole, openAs, useBrowser, visit } from './world/console.ts'
import { allowMuch, fresh, newSystem, sent } from './world/orders.ts'
import { wordsIn } from './world/words.ts'

const locale = 'zh-CN'
const words = wordsIn(locale)

/** What no rule approves. */
const waiting = async () => {
  const client = await clientOf('wu.department')
  const system = await newSystem(client)
  const { id } = await sent(client, system.id, [{ plan: 'general-8c16g', name: fresh('deng') }])
  return { id, system }
}

describeConsole('an inbox that others work on too', () => {
  useBrowser()

  test('never turns a verdict on one request into one on another', async () => {
    const [mine, other] = [await waiting(), await waiting()]
    await using window = await openAs('li.operator', { locale })
    const { page } = window
    await visit(page, `/inbox?id=${mine.id}`)
    await page.getByRole('article', { name: mine.system.name }).getByRole('button', { name: /A$/ }).waitFor()
    await page.keyboard.press('a')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('同意开通')
    const operator = await clientOf('li.operator')
    await operator.call(requestReject, { params: { requestId: mine.id }, body: { remark: '不同意' } })
    const card = page.getByRole('list', { name: words.inbox.list }).getByRole('link', { name: mine.system.name })
    await card.waitFor({ state: 'detached' })
    expect(await dialog.getByRole('textbox').inputValue()).toBe('同意开通')
    await dialog.getByText(mine.system.name).waitFor()
    await dialog.getByRole('button', { name: words.request.approve, exact: true }).click()
    await dialog.getByRole('alert').waitFor()
    const stateOf = async (requestId: string) => (await operator.call(requestGet, { params: { requestId } })).state
    expect([await stateOf(mine.id), await stateOf(other.id)]).toEqual(['rejected', 'submitted'])
    expect(window.complaints).toEqual([])
  })

  test('tells of each of many what became of it, though what is decided leaves the list', async () => {
    await allowMuch('省人力资源和社会保障厅')
    const [first, second] = [await waiting(), await waiting()]
    await using window = await openAs('li.operator', { locale })
    const { page } = window
    await visit(page, '/inbox')
    for (const { system } of [first, second])
      await page.getByRole('checkbox', { name: `${words.states.table.selectRow} ${system.name}` }).check()
    await page.getByRole('button', { name: words.inbox.approveChosen.replace('{{count}}', '2') }).click()
    const operator = await clientOf('li.operator')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('listitem').filter({ hasText: second.system.name }).waitFor()
    await operator.call(requestApprove, { params: { requestId: second.id }, body: {} })
    const list = page.getByRole('list', { name: words.inbox.list })
    await list.getByText(second.system.name).waitFor({ state: 'detached' })
    await dialog.getByRole('button', { name: words.states.bulk.run, exact: true }).click()
    await list.getByText(first.system.name).waitFor({ state: 'detached' })
    const told = (name: string, state: string) =>
      dialog.getByRole('listitem').filter({ hasText: name }).getByText(state, { exact: true }).waitFor()
    await told(first.system.name, words.states.bulk.ok)
    await told(second.system.name, words.states.bulk.failed)
    expect(window.complaints).toEqual([])
  })
})
