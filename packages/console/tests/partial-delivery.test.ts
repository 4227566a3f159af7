import { type Client, type ServiceRequest, wordOf } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { act, choose, confirm, sees, shows } from './world/acts.ts'
import { clientOf, describeConsole, openAs, useBrowser, visit } from './world/console.ts'
import { orderFault } from './world/fault.ts'
import { fresh, newSystem, sent } from './world/orders.ts'
import { wordsIn } from './world/words.ts'

const locale = 'zh-CN'
const words = wordsIn(locale)
const lineWord = (state: ServiceRequest['lines'][number]['state']) => wordOf(locale, 'lineState', state)

/** Two lines, sent to the city's cloud, which denies so many of the servers that it is asked for. */
const send = async (client: Client, denied: number) => {
  const system = await newSystem(client)
  await orderFault('suzhou', { call: 'servers.create', mode: 'denied', times: denied })
  const [first, second] = [fresh('jia'), fresh('yi')]
  const { id } = await sent(client, system.id, [{ name: first }, { name: second }])
  return { address: `/requests/${id}`, system: system.name, first, second }
}

describeConsole('a delivery of which a part fails', () => {
  useBrowser()

  test('says which part and why, leaves what stands alone, and is tried again by one click', async () => {
    const { address, system } = await send(await clientOf('feng.department'), 1)
    await using department = await openAs('feng.department', { locale })
    await using operator = await openAs('zheng.operator', { locale })
    await visit(department.page, address)
    await shows(department.page, locale, 'delivery-failed')
    const lines = department.page.getByRole('region', { name: words.request.lines })
    await lines.getByText(lineWord('delivered'), { exact: true }).waitFor()
    await lines.getByText(lineWord('failed'), { exact: true }).waitFor()
    await lines.getByText('cloud-permission-missing').waitFor()

    // The operator finds it from the home page, among all that failed.
    await visit(operator.page, '/')
    const queue = operator.page.getByRole('heading', { name: wordOf(locale, 'queueKind', 'failed') })
    await queue.getByRole('link').click()
    await operator.page.waitForURL(/\/requests\?/)
    await operator.page.getByRole('grid').getByText(lineWord('failed')).first().waitFor()
    await visit(operator.page, address)
    await sees(operator.page, system)
    await act(operator.page, words.request.retry, { remark: '已放开配额' })
    await shows(department.page, locale, 'testing')
    expect(await lines.getByText(lineWord('delivered'), { exact: true }).count()).toBe(2)
    for (const it of [department, operator]) expect(it.complaints).toEqual([])
  })

  test('is asked for otherwise, or given up, line by line', async () => {
    const { address, first, second } = await send(await clientOf('feng.department'), 2)
    await using department = await openAs('feng.department', { locale })
    await using operator = await openAs('zheng.operator', { locale })
    const { page } = department
    await visit(page, address)
    await shows(page, locale, 'delivery-failed')
    const lineOf = (name: string) =>
      page.getByRole('region', { name: words.request.lines }).getByRole('listitem').filter({ hasText: name })
    await lineOf(second).getByText(lineWord('failed'), { exact: true }).waitFor()
    await act(lineOf(second), words.request.dropLine, { remark: '一台已够' })
    await lineOf(second).getByText(lineWord('dropped'), { exact: true }).waitFor()

    await lineOf(first).getByRole('button', { name: words.request.amend }).click()
    await choose(page, words.request.plan, '通用云服务器 2 核 4 GiB')
    await confirm(page, words.request.amend)
    await lineOf(first).getByText('2 核 4 GiB').waitFor()
    await visit(operator.page, address)
    await act(operator.page, words.request.retry)
    await shows(page, locale, 'testing')
    await lineOf(first).getByText(lineWord('delivered'), { exact: true }).waitFor()
    for (const it of [department, operator]) expect(it.complaints).toEqual([])
  })
})
