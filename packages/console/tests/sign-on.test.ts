import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Window } from './world/browser.ts'
import { describeConsole, openAs, openWindow, useBrowser, visit } from './world/console.ts'
import { fill, openForm, send } from './world/forms.ts'
import { client, startIssuer } from './world/issuer.ts'
import { fresh } from './world/orders.ts'
import { letIn, remove, rowOf, switchOff } from './world/providers.ts'

const code = 'sso-of-tests'
const name = '测试统一认证'

/** At the issuer's own pages, which are no part of ours. */
const signOnThere = async (page: Page, subject: string) => {
  await page.locator('input[name=login]').fill(subject)
  await page.locator('input[name=password]').fill('any')
  await page.getByRole('button', { name: /sign-in/i }).click()
  await page.getByRole('button', { name: /continue/i }).click()
}

/** Led to the issuer, and from there back to the log-in; it has forgotten them as well. */
const leavesThereToo = async ({ page, context }: Window, home: string) => {
  await page.getByRole('button', { name: '顾思远' }).click()
  await page.getByRole('menuitem', { name: '退出登录' }).click()
  await page.getByRole('button', { name: /sign me out/i }).click()
  await page.getByLabel('登录名').waitFor()
  expect(page.url()).toBe(`${home}/`)
  expect((await context.cookies(home)).map((it) => it.name)).not.toContain('yiduo-session')
  await page.getByRole('button', { name, exact: true }).click()
  await signOnThere(page, 'subject-1')
  await page.getByRole('button', { name: '顾思远' }).waitFor()
}

describeConsole('signing on elsewhere', () => {
  useBrowser()

  test('two administrators connect an issuer, and its people come in through it', async () => {
    await using system = await openAs('sysadmin')
    await visit(system.page, '/identity-providers')
    const home = new URL(system.page.url()).origin
    await using issuer = await startIssuer(home)
    await issuer.setAccounts({
      'subject-1': { preferred_username: fresh('gu-sso'), name: '顾思远', department: 'D-01', groups: ['cloud-users'] },
    })
    const form = await openForm(system.page, '登记统一身份认证（OpenID Connect）')
    await fill(form, {
      ...{ 代码: code, 名称: name, '签发方地址（issuer）': issuer.url, '客户端标识（client_id）': client.id },
      ...{ 客户端密钥: client.secret, 机构取自: 'department', 角色取自: 'groups' },
    })
    await form.getByLabel('附加授权范围（scope）').fill('province,')
    await form.getByLabel('在本平台退出后，继续在对方退出').check()
    await send(form, '保存')
    await rowOf(system.page, name).getByText('未启用').waitFor()
    await rowOf(system.page, name).getByRole('button', { name: '测试连接' }).click()
    await system.page.getByText(`${issuer.url} →`).first().waitFor()
    expect(await rowOf(system.page, name).getByRole('button', { name: '启用' }).count()).toBe(0)

    await using security = await letIn(name, 'cloud-users')

    await using person = await openWindow()
    const { page } = person
    await page.goto('/systems')
    await page.getByRole('button', { name, exact: true }).click()
    await signOnThere(page, 'subject-1')
    await page.getByRole('navigation').first().waitFor()
    expect(new URL(page.url()).pathname).toBe('/systems')
    await page.getByRole('button', { name: '顾思远' }).waitFor()
    expect(await page.evaluate('document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })')).not.toMatch(
      /yds_|yiduo\.sign-on/,
    )
    await leavesThereToo(person, home)
    expect(person.complaints).toEqual([])

    await switchOff(security.page, name)
    await page.reload()
    await page.getByLabel('登录名').waitFor()
    expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0)
    await remove(system.page, name, code)
  })

  test('a log-in that was begun elsewhere is not completed here', async () => {
    await using window = await openWindow()
    const { page } = window
    await page.goto('/sign-on?code=stolen&state=of-somebody-else-entirely')
    await page.getByText('这次登录不是在本窗口开始的').waitFor()
    await page.getByRole('button', { name: '返回登录' }).click()
    await page.getByLabel('登录名').waitFor()
    expect(new URL(page.url()).pathname).toBe('/')
    expect(new URL(page.url()).search).toBe('')
  })
})
