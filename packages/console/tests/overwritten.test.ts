import {
  collectionCreate,
  collectionEdit,
  collectionGet,
  offeringEdit,
  offeringGet,
  offeringList,
  requestEdit,
  requestGet,
} from '@yiduo/contract'
import { beforeAll, expect, test } from 'vitest'
import { paths } from '../src/paths.ts'
import { clientOf, describeConsole, openAs, useBrowser, visit } from './world/console.ts'
import { openForm, send } from './world/forms.ts'
import { allowMuch, drafted, fresh, newSystem, sent } from './world/orders.ts'
import { wordsIn } from './world/words.ts'

const locale = 'zh-CN'
const words = wordsIn(locale)
const staleTitle = (name: string) => words.states.stale.replace('{{name}}', name)

/** Somebody else's edit of the name of the only line, past this page. */
const renameElsewhere = async (requestId: string, name: string): Promise<void> => {
  const other = await clientOf('zhou.department')
  const { systemId, lines, revision } = await other.call(requestGet, { params: { requestId } })
  const [line] = lines
  const body = { systemId, lines: [{ planId: line?.planId ?? '', name, dataVolumeGib: 80 }] }
  await other.call(requestEdit, { params: { requestId }, body, revision })
}

const draft = async () => {
  const client = await clientOf('zhou.department')
  const { id } = await drafted(client, (await newSystem(client)).id, [{ name: 'before' }])
  return { id, read: () => client.call(requestGet, { params: { requestId: id } }) }
}

describeConsole('what two people edit at once', () => {
  useBrowser()

  test('is shown to the second one beside what they say, and only then takes its place', async () => {
    const { id, read } = await draft()
    await using window = await openAs('zhou.department', { locale })
    const { page } = window
    await visit(page, `/requests/${id}/edit`)
    const name = page.getByLabel(words.form.name, { exact: true })
    await name.fill('mine')
    await renameElsewhere(id, 'theirs')
    const note = page.getByRole('alert').filter({ hasText: staleTitle(words.pages.request) })
    await note.getByRole('row', { name: /theirs.*mine/ }).waitFor()
    await note.getByRole('row', { name: /80/ }).waitFor()

    // Saved all the same, it is refused, and what was typed is still there.
    const refused = page.waitForResponse((it) => it.request().method() === 'PUT' && !it.ok())
    await page.getByRole('button', { name: words.form.saveEdit }).click()
    await refused
    expect((await read()).lines[0]?.name).toBe('theirs')
    expect(await name.inputValue()).toBe('mine')

    await note.getByRole('button', { name: words.states.staleKeep }).click()
    await note.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: words.form.saveEdit }).click()
    await page.waitForURL((url) => url.pathname === `/requests/${id}`)
    expect((await read()).lines[0]).toMatchObject({ name: 'mine', dataVolumeGib: 0 })
    expect(window.complaints).toEqual([])
  })

  test('can be taken as the other one left it', async () => {
    const { id } = await draft()
    await using window = await openAs('zhou.department', { locale })
    const { page } = window
    await visit(page, `/requests/${id}/edit`)
    const name = page.getByLabel(words.form.name, { exact: true })
    await name.fill('mine')
    await renameElsewhere(id, 'theirs')
    await page.getByRole('button', { name: words.states.staleLoad }).click()
    await expect.poll(() => name.inputValue()).toBe('theirs')
    await page
      .getByRole('alert')
      .filter({ hasText: staleTitle(words.pages.request) })
      .waitFor({ state: 'detached' })
  })

  describeConsole('a collection of requests', () => {
    beforeAll(() => allowMuch('沭阳县水利局'))

    test('keeps what the second one typed when another changed it under the open form', async () => {
      const water = await clientOf('jiang.county')
      const bureau = await clientOf('chen.county')
      const request = await sent(water, (await newSystem(water)).id, [{ name: fresh('di') }])
      const requestIds = [request.id]
      const made = await bureau.call(collectionCreate, { body: { name: fresh('汇总'), requestIds } })
      const params = { collectionId: made.id }
      await using window = await openAs('chen.county', { locale })
      const { page } = window
      await visit(page, `/collections/${made.id}`)
      await page.getByRole('button', { name: words.collections.edit }).click()
      const [theirs, mine] = [fresh('他人'), fresh('本人')]
      const name = page.getByRole('dialog').getByLabel(words.collections.name)
      await name.fill(mine)
      await bureau.call(collectionEdit, { params, body: { name: theirs, requestIds }, revision: made.revision })
      await page
        .getByRole('alert')
        .getByRole('row', { name: new RegExp(`${theirs}.*${mine}`) })
        .waitFor()
      expect(await name.inputValue()).toBe(mine)
      await page.getByRole('button', { name: words.states.staleKeep }).click()
      await page.getByRole('button', { name: words.states.save }).click()
      await page.getByRole('heading', { name: mine }).waitFor()
      expect((await bureau.call(collectionGet, { params })).name).toBe(mine)
    })
  })
})

describeConsole('what two people edit in a small form', () => {
  useBrowser()

  test('is refused when it is saved, though nothing was heard of the other, and told', async () => {
    const client = await clientOf('li.operator')
    const [offering] = (await client.call(offeringList, {})).items
    const params = { offeringId: offering?.id ?? '' }
    const read = async () => (await client.call(offeringGet, { params })).testDays
    await using window = await openAs('li.operator', { locale })
    const { page } = window
    await page.route('**/api/v1/events**', (route) => route.abort())
    await visit(page, paths.releasedOffering(params.offeringId))
    const form = await openForm(page, words.states.edit)
    const days = form.getByLabel(words.offerings.testDays, { exact: true })
    const theirs = (await read()) + 1
    await days.fill('30')
    await client.call(offeringEdit, { params, body: { testDays: theirs } })
    await form.getByRole('button', { name: words.states.save, exact: true }).click()
    await form.getByText(staleTitle(offering?.name ?? '')).waitFor()
    expect(await read()).toBe(theirs)
    await form.getByRole('button', { name: words.states.staleLoad }).click()
    await expect.poll(() => days.inputValue()).toBe(String(theirs))
    await days.fill('30')
    await send(form, words.states.save)
    expect(await read()).toBe(30)
    await client.call(offeringEdit, { params, body: { testDays: theirs - 1 } })
    expect(window.complaints).toEqual([])
  })
})
