import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { act } from './world/acts.ts'
import { describeConsole, openAs, openWindow, useBrowser, visit } from './world/console.ts'
import { fill, openForm, send } from './world/forms.ts'
import { client, startIssuer } from './world/issuer.ts'

const code = 'sso-of-tests'
const name = '测试统一认证'

const rowOf = (page: Page): Locator => page.getByRole('row').filter({ hasText: name })

/** At the issuer's own pages, which are no part of ours. */
const signOnThere = async (page: Page, subject: string) => {
  await page.locator('input[name=login]').fill(subject)
  await page.locator('input[name=password]').fill('any')
  await page.getByRole('button', { name: /sign-in/i }).click()
  await page.getByRole('button', { name: /continue/i }).click()
}

describeConsole('signing on elsewhere', () => {
  useBrowser()

  test('two administrators connect an issuer, and its people come in through it', async () => {
    await using system = await openAs('sysadmin')
    await visit(system.page, '/identity-providers')
    const home = new URL(system.page.url()).origin
    await using issuer = await startIssuer(home)
    await issuer.setAccounts({
      'subject-1': { preferred_username: 'gu.sso', name: '顾思远', department: 'D-01', groups: ['cloud-users'] },
    })
    const form = await openForm(system.page, '登记统一身份认证（OpenID Connect）')
    await fill(form, {
      ...{ 代码: code, 名称: name, '签发方地址（issuer）': issuer.url, '客户端标识（client_id）': client.id },
      ...{ 客户端密钥: client.secret, 机构取自: 'department', 角色取自: 'groups' },
    })
    await form.getByLabel('附加授权范围（scope）').fill('province,')
    await send(form, '保存')
    await rowOf(system.page).getByText('未启用').waitFor()
    await rowOf(system.page).getByRole('button', { name: '测试连接' }).click()
    await system.page.getByText(`${issuer.url} →`).first().waitFor()
    expect(await rowOf(system.page).getByRole('button', { name: '启用' }).count()).toBe(0)

    await using security = await openAs('secadmin')
    await visit(security.page, '/identity-providers')
    await rowOf(security.page).getByRole('button', { name: '准入规则' }).click()
    const rules = security.page.getByRole('dialog')
    await fill(rules, { 首次登录且本平台没有账号的人: '自动建立账号' })
    await rules.getByRole('combobox', { name: '默认所属机构' }).click()
    await security.page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click()
    await rules.getByRole('button', { name: '添加一行' }).last().click()
    await rules.getByLabel('角色映射 1 · 声明值').fill('cloud-users')
    await fill(rules, { '角色 1': '使用单位' })
    await send(rules, '保存')
    await act(rowOf(security.page), '启用')
    await rowOf(security.page).getByText('已启用').waitFor()

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
    expect(person.complaints).toEqual([])

    await security.page.reload()
    await act(rowOf(security.page), '停用')
    await rowOf(security.page).getByText('未启用').waitFor()
    await page.reload()
    await page.getByLabel('登录名').waitFor()
    expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0)
    await act(rowOf(system.page), '删除', { name: code })
    await rowOf(system.page).waitFor({ state: 'detached' })
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
