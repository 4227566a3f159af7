import { auditList } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { act } from './world/acts.ts'
import { clientOf, describeConsole, openAs, useBrowser, visit } from './world/console.ts'
import { fill, openForm, send } from './world/forms.ts'
import { fresh } from './world/orders.ts'
import { granted, newPerson } from './world/posts.ts'

describeConsole('emergency access', () => {
  useBrowser()

  test('is woken with a reason, stands over every page, is seen by those who look over it, and ended', async () => {
    const login = fresh('ying')
    const person = await newPerson(login, `值班员${login}`)
    await granted(person, { role: 'operator', reach: 'subtree', emergency: true })

    await using window = await openAs(login)
    const { page } = window
    await visit(page, '/platforms')
    await page.getByText('您没有查看此页的权限').waitFor()
    await page.getByRole('button', { name: person.name }).click()
    await page.getByRole('menuitem', { name: '应急授权' }).click()
    const reason = `核心存储故障抢修 ${login}`
    const dialog = await openForm(page, '启用应急授权')
    await fill(dialog, { 启用原因: reason, '启用时长（分钟）': '30' })
    await send(dialog, '保存')
    await page.getByText('所作操作均有标记').waitFor()
    await visit(page, '/platforms')
    await page.getByText('所作操作均有标记').waitFor()
    await page.getByRole('link', { name: '省级核心云平台（甲）' }).first().waitFor()

    await using guard = await openAs('auditadmin')
    await visit(guard.page, '/emergency-grants')
    const row = guard.page.getByRole('region', { name: '正在启用', exact: true }).first().getByRole('row')
    await row.filter({ hasText: reason }).getByRole('link', { name: '查看其间操作' }).click()
    await guard.page.getByRole('row').filter({ hasText: login }).getByText('应急', { exact: true }).first().waitFor()
    const done = await (await clientOf('auditadmin')).call(auditList, { query: { actor: login, emergency: true } })
    expect(done.items.length).toBeGreaterThan(0)

    await visit(page, '/emergency-access')
    await act(page, '立即停用')
    await page.getByText('所作操作均有标记').waitFor({ state: 'detached' })
    await visit(page, '/platforms')
    await page.getByText('您没有查看此页的权限').waitFor()
    expect(window.complaints).toEqual([])
    expect(guard.complaints).toEqual([])
  })

  test('is nothing that anybody else is offered', async () => {
    await using window = await openAs('wang.department')
    await visit(window.page, '/')
    await window.page.getByRole('button', { name: '王芳' }).click()
    await window.page.getByRole('menuitem', { name: '账号安全' }).waitFor()
    expect(await window.page.getByRole('menuitem', { name: '应急授权' }).count()).toBe(0)
  })
})
