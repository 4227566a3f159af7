import { expect, test } from 'vitest'
import { describeConsole, openAs, phone, useBrowser, visit } from './world/console.ts'
import { fresh } from './world/orders.ts'
import { granted, newPerson } from './world/posts.ts'

describeConsole('the first page of an administrator', () => {
  useBrowser()

  test('a security administrator finds the post to confirm, and comes to where it is confirmed', async () => {
    const login = fresh('guan')
    const person = await newPerson(login, `审计员${login}`)
    await granted(person, { role: 'audit-admin', reach: 'subtree' })
    await using window = await openAs('secadmin2', { viewport: phone })
    const { page } = window
    await visit(page, '/')
    const waiting = page.getByRole('region', { name: '待我办理' })
    await waiting.getByText('待确认的三员授权').waitFor()
    await waiting.getByText('到期待复核的授权').waitFor()
    await waiting.getByRole('link', { name: new RegExp(login) }).click()
    await page.waitForURL(/\/grants\?pending=true/)
    await page.getByLabel('按姓名或登录名查找').fill(login)
    await page.getByRole('row').filter({ hasText: login }).waitFor()
    // Whoever asked for it does not confirm it.
    await using asker = await openAs('secadmin')
    await visit(asker.page, '/')
    await asker.page.getByRole('region', { name: '待我办理' }).waitFor()
    expect(await asker.page.getByText(new RegExp(login)).count()).toBe(0)
    expect([...window.complaints, ...asker.complaints]).toEqual([])
  })

  test('an audit administrator finds how the trail stands, a system administrator that nothing waits, neither what is not theirs', async () => {
    await using auditor = await openAs('auditadmin')
    const { page } = auditor
    await visit(page, '/')
    const trail = page.getByRole('region', { name: '审计记录' })
    await trail
      .getByText(/^[\d,]+ 条$/)
      .first()
      .waitFor()
    await trail.getByText(/校验/).last().waitFor()
    expect(await page.getByText('30 天内到期').count()).toBe(0)
    await trail.getByRole('link', { name: '封存与校验' }).click()
    await page.waitForURL(/\/audit\?tab=chain/)

    await using system = await openAs('sysadmin')
    await visit(system.page, '/')
    await system.page.getByText('没有待办事项。').waitFor()
    expect(await system.page.getByRole('region', { name: '审计记录' }).count()).toBe(0)
    expect([...auditor.complaints, ...system.complaints]).toEqual([])
  })
})
