import { grantList, grantReviewList } from '@yiduo/contract'
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { act } from './world/acts.ts'
import { clientOf, describeConsole, openAs, useBrowser, visit } from './world/console.ts'
import { fresh } from './world/orders.ts'
import { granted, newPerson } from './world/posts.ts'
import { run } from './world/program.ts'

const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

describeConsole('grants', () => {
  useBrowser()

  test('an administrative post waits for the second security administrator, who sees its reach and confirms it', async () => {
    const login = fresh('guan')
    const person = await newPerson(login, `审计员${login}`)
    const pending = await granted(person, { role: 'audit-admin', reach: 'subtree' })
    expect(pending.state).toBe('pending')

    await using asker = await openAs('secadmin')
    await visit(asker.page, '/grants?pending=true')
    await rowOf(asker.page, login).getByRole('button', { name: '确认', exact: true }).click()
    await asker.page.getByRole('dialog').getByRole('button', { name: '确认', exact: true }).click()
    await asker.page.getByRole('dialog').getByText('grant-asked-by-oneself').waitFor()

    await using second = await openAs('secadmin2')
    const { page } = second
    await visit(page, '/notices')
    await page.getByRole('main').getByRole('link').filter({ hasText: '有三员授权待确认' }).first().click()
    await rowOf(page, login).getByRole('button', { name: '确认', exact: true }).click()
    const dialog = page.getByRole('dialog')
    const reached = dialog.locator('[data-reached="true"]')
    await reached.first().waitFor()
    expect(await reached.first().innerText()).toContain('江苏省')
    await dialog.getByRole('button', { name: '确认', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await rowOf(page, login).waitFor({ state: 'detached' })
    const { items } = await (await clientOf('secadmin')).call(grantList, { query: { personId: person.id } })
    expect(items).toMatchObject([{ state: 'effective', role: 'audit-admin' }])
    expect(second.complaints).toEqual([])
  })

  test('a pending post is declined, and nothing of it is left', async () => {
    const login = fresh('guan')
    const person = await newPerson(login, `安全员${login}`)
    await granted(person, { role: 'security-admin', reach: 'subtree' })
    await using window = await openAs('secadmin2')
    await visit(window.page, '/grants?pending=true')
    await act(rowOf(window.page, login), '不予确认')
    await rowOf(window.page, login).waitFor({ state: 'detached' })
    const { items } = await (await clientOf('secadmin')).call(grantList, { query: { personId: person.id } })
    expect(items).toEqual([])
  })

  test('a review shows the longest unused first; one is kept, the unused one is revoked', async () => {
    const [kept, gone] = [fresh('liu'), fresh('shou')]
    const given = [kept, gone].map(async (login) => {
      const person = await newPerson(login, `复核${login}`)
      return (await granted(person, { role: 'regulator', reach: 'own' })).id
    })
    await run('packages/server/tests/world/age-grants.ts', inject('dataFolder'), '250', ...(await Promise.all(given)))
    await using window = await openAs('secadmin2')
    const { page } = window
    await visit(page, '/grant-reviews?due=true')
    await rowOf(page, gone).getByText('半年未使用').waitFor()
    const rows = await page.getByRole('row').allInnerTexts()
    const places = [kept, gone, 'li.operator'].map((login) => rows.findIndex((it) => it.includes(login)))
    expect(Math.max(...places.slice(0, 2))).toBeLessThan(places[2] ?? 0)

    await act(rowOf(page, kept), '保留', { remark: '仍在岗' })
    await rowOf(page, kept).waitFor({ state: 'detached' })

    await rowOf(page, gone).getByRole('checkbox').check()
    await page.getByRole('button', { name: '收回所选 1 项' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: '开始执行' }).click()
    await dialog.getByText('成功').waitFor()
    await dialog.getByRole('button', { name: '关闭' }).last().click()
    await rowOf(page, gone).waitFor({ state: 'detached' })
    const { items } = await (await clientOf('secadmin')).call(grantReviewList, { query: { limit: 500 } })
    expect(items.filter((it) => it.login === gone)).toEqual([])
    expect(items.find((it) => it.login === kept)).toMatchObject({ due: false, reviewedBy: 'secadmin2' })
    expect(window.complaints).toEqual([])
  })
})
