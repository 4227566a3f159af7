import { requestGet, requestList, resourceList, systemList } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { act, sees, shows } from './world/acts.ts'
import { clientOf, describeConsole, openAs, useBrowser, visit } from './world/console.ts'
import { drafted, fresh, newSystem, sent } from './world/orders.ts'
import { wordsIn } from './world/words.ts'

const locale = 'zh-CN'
const words = wordsIn(locale)
const unknown = '01ja8kz5v0e8y9m2n4p6q8r0st'

describeConsole('what is not there', () => {
  useBrowser()

  test('any more, while one looks at it, is said to be gone, and nothing can be done with it', async () => {
    const client = await clientOf('zhou.department')
    const system = await newSystem(client)
    const request = await sent(client, system.id, [{ name: fresh('duan') }])
    await using window = await openAs('zhou.department', { locale })
    await using other = await openAs('zhou.department', { locale })
    await visit(window.page, `/requests/${request.id}`)
    await shows(window.page, locale, 'testing')
    const { items } = await client.call(resourceList, { query: { requestId: request.id, kind: 'server' } })
    await visit(window.page, `/resources/${items[0]?.id}`)
    await window.page.getByRole('button', { name: words.resources.rename }).waitFor()

    await visit(other.page, `/requests/${request.id}`)
    await act(other.page, words.request.failTest, { remark: '不用了' })
    await shows(other.page, locale, 'reclaimed')
    await sees(window.page, words.resources.gone)
    expect(await window.page.getByRole('button', { name: words.resources.rename }).count()).toBe(0)
    await window.page.getByRole('link', { name: words.request.origin }).click()
    await shows(window.page, locale, 'reclaimed')
    for (const it of [window, other]) expect(it.complaints).toEqual([])
  })

  test('to be decided on any more is refused in the dialog, and the page shows what it has become', async () => {
    const client = await clientOf('zhou.department')
    const { id } = await drafted(client, (await newSystem(client)).id, [{ name: fresh('fei') }])
    await using first = await openAs('zhou.department', { locale })
    await using second = await openAs('zhou.department', { locale })
    await visit(first.page, `/requests/${id}`)
    await first.page.getByRole('button', { name: words.request.submit, exact: true }).click()
    await visit(second.page, `/requests/${id}`)
    await act(second.page, words.request.discard)
    await shows(first.page, locale, 'discarded')
    expect(await first.page.getByRole('button', { name: words.request.submit, exact: true }).count()).toBe(0)
    expect((await client.call(requestGet, { params: { requestId: id } })).state).toBe('discarded')
  })
})

describeConsole('what never was there', () => {
  useBrowser()

  test('under an address is said not to be, whatever is wrong with the address, with a way on', async () => {
    const stranger = await clientOf('feng.department')
    const [theirs] = (await stranger.call(requestList, { query: { limit: 1 } })).items
    const [system] = (await stranger.call(systemList, { query: { limit: 1 } })).items
    const absent = [
      `/requests/req_${unknown}`,
      `/requests/sys_${unknown}`,
      '/requests/garbage',
      `/requests/${theirs?.id}`,
      `/requests/${theirs?.id}/edit`,
      `/systems/${system?.id}`,
      `/resources/srv_${unknown}`,
      `/resources/srv_${unknown}/console`,
      `/collections/col_${unknown}`,
      `/operations/opn_${unknown}`,
      `/organisations/org_${unknown}`,
      `/bills/org_${unknown}/2026-10`,
      '/bills/garbage/2026-99',
      `/catalogue/off_${unknown}`,
      `/catalogue/templates/tpl_${unknown}`,
      `/requests/new?templateId=tpl_${unknown}`,
    ]
    await using window = await openAs('zhou.department', { locale })
    const { page } = window
    for (const address of absent) {
      await page.goto(address)
      await page.locator('main').getByText(words.states.gone).first().waitFor()
      await page.getByRole('link', { name: words.states.toHome }).waitFor()
    }
    await page.getByRole('link', { name: words.states.toHome }).click()
    await page.waitForURL((url) => url.pathname === '/')
    await page.goto('/no/such/page')
    await page.getByText(words.states.notFound).waitFor()
    await page.goto('/requests?state=nonsense')
    await page.getByRole('button', { name: words.states.clearFilters }).click()
    await page.getByRole('grid').waitFor()
    expect(window.complaints).toEqual([])
  })
})
