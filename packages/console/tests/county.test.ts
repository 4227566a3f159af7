import { type Client, type ServiceRequest, wordOf } from '@yiduo/contract'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { act, sees, shows } from './world/acts.ts'
import { clientOf, describeConsole, openAs, useBrowser, visit } from './world/console.ts'
import { allowMuch, fresh, newSystem, sent } from './world/orders.ts'
import { wordsIn } from './world/words.ts'

const locale = 'zh-CN'
const words = wordsIn(locale)

/** What two departments of one county have sent to their bureau. */
const arrive = async (): Promise<readonly [ServiceRequest, ServiceRequest, string, string]> => {
  const [water, school] = [await clientOf('jiang.county'), await clientOf('han.county')]
  const of = async (client: Client, names: readonly string[]) => {
    const { id } = await newSystem(client)
    return sent(
      client,
      id,
      names.map((name) => ({ name })),
    )
  }
  const [kept, refused] = [fresh('zha-men'), fresh('yu-qing')]
  return [await of(water, [kept, refused]), await of(school, [fresh('xue-ji')]), kept, refused]
}

/** The bureau makes one of several. */
const gather = async (page: Page, name: string, requests: readonly ServiceRequest[]): Promise<void> => {
  await visit(page, '/collections')
  await page.getByRole('button', { name: words.collections.gather }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(words.collections.name).fill(name)
  for (const { lines } of requests)
    await dialog.getByRole('checkbox', { name: new RegExp(lines[0]?.name ?? '') }).check()
  await dialog.getByRole('button', { name: words.states.save }).click()
  await page.getByRole('heading', { name }).waitFor()
}

describeConsole('a county', () => {
  useBrowser()
  beforeAll(() => allowMuch('沭阳县水利局', '沭阳县教育局'))

  test('gathers what its departments ask for, and the city approves it but for one line', async () => {
    const [first, second, kept, refused] = await arrive()
    await using bureau = await openAs('chen.county', { locale })
    await using city = await openAs('li.operator', { locale })
    await using department = await openAs('jiang.county', { locale })
    await visit(department.page, `/requests/${first.id}`)
    await shows(department.page, locale, 'collecting')

    const name = fresh('十一月汇总')
    await gather(bureau.page, name, [first, second])
    await sees(bureau.page, '沭阳县水利局')
    await sees(bureau.page, '沭阳县教育局')
    await act(bureau.page, words.collections.submit, { remark: '本月两件' })
    await shows(department.page, locale, 'consolidated')
    await sees(bureau.page, wordOf(locale, 'collectionState', 'submitted'))

    // The city unticks what it does not want, and approves the rest.
    await visit(city.page, new URL(bureau.page.url()).pathname)
    await city.page.getByRole('checkbox', { name: new RegExp(refused) }).uncheck()
    await sees(city.page, words.collections.refused)
    await act(city.page, words.collections.approvePart, { remark: '舆情系统已有，不重复开通' })
    await sees(city.page, wordOf(locale, 'collectionState', 'approved'))

    await shows(department.page, locale, 'testing')
    const lines = department.page.getByRole('region', { name: words.request.lines })
    for (const [line, state] of [
      [kept, 'delivered'],
      [refused, 'refused'],
    ] as const)
      await lines
        .getByRole('listitem')
        .filter({ hasText: line })
        .getByText(wordOf(locale, 'lineState', state), { exact: true })
        .waitFor()
    for (const it of [bureau, city, department]) expect(it.complaints).toEqual([])
  })

  test('gets a collection back with the reason, leaves one request out of it, and sends it again', async () => {
    const [first, second] = await arrive()
    await using bureau = await openAs('chen.county', { locale })
    await using city = await openAs('li.operator', { locale })
    await gather(bureau.page, fresh('补报'), [first, second])
    await act(bureau.page, words.collections.submit)
    await sees(bureau.page, wordOf(locale, 'collectionState', 'submitted'))

    await visit(city.page, new URL(bureau.page.url()).pathname)
    await act(city.page, words.request.return, { remark: '教育局的不急' })
    await sees(bureau.page, wordOf(locale, 'collectionState', 'returned'))
    await sees(bureau.page, '教育局的不急')
    await bureau.page.getByRole('button', { name: words.collections.edit }).click()
    const dialog = bureau.page.getByRole('dialog')
    await dialog
      .getByRole('checkbox', { name: /沭阳县教育局/ })
      .first()
      .uncheck()
    await dialog.getByRole('button', { name: words.states.save }).click()
    await dialog.waitFor({ state: 'detached' })
    await act(bureau.page, words.collections.submit, { remark: '已调整' })
    await city.page.getByRole('button', { name: words.collections.approveAll }).waitFor()
    await act(city.page, words.collections.approveAll)
    await sees(bureau.page, wordOf(locale, 'collectionState', 'approved'))
    await visit(bureau.page, `/requests/${second.id}`)
    await shows(bureau.page, locale, 'collecting')
    for (const it of [bureau, city]) expect(it.complaints).toEqual([])
  })
})
