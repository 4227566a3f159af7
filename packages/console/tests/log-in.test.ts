import { expect, test } from 'vitest'
import { password } from './world/browser.ts'
import { describeConsole, openAs, openWindow, useBrowser, visit } from './world/console.ts'

describeConsole('the log-in', () => {
  useBrowser()

  test('leads in by name and password, keeps the session from scripts, and out again', async () => {
    await using window = await openWindow()
    const { page, context } = window
    await page.goto('/requests?state=testing')
    await page.getByLabel('登录名').fill('wang.department')
    await page.getByLabel('口令', { exact: true }).fill(password)
    await page.getByRole('button', { name: '登录', exact: false }).first().click()
    await page.getByRole('navigation').waitFor()
    expect(new URL(page.url()).search).toBe('?state=testing')
    const [cookie] = await context.cookies()
    expect(cookie).toMatchObject({ name: 'yiduo-session', httpOnly: true, sameSite: 'Strict' })
    expect(await page.evaluate('document.cookie + JSON.stringify(localStorage)')).not.toContain('yds_')

    await page.getByRole('button', { name: '王芳' }).click()
    await page.getByRole('menuitem', { name: '退出登录' }).click()
    await page.getByLabel('登录名').waitFor()
    await page.reload()
    await page.getByLabel('登录名').waitFor()
    expect(await context.cookies()).toEqual([])
  })

  test('says what is wrong with a wrong password, in the language that was chosen', async () => {
    await using window = await openWindow({ locale: 'en' })
    const { page } = window
    await page.goto('/')
    await page.getByLabel('Log-in name').fill('wang.department')
    await page.getByLabel('Password', { exact: true }).fill('wrong-password')
    await page.getByRole('button', { name: 'Log in' }).click()
    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.innerText()).toMatch(/log-in-refused/)
    await page.getByRole('button', { name: '中文' }).click()
    await page.getByLabel('登录名').waitFor()
  })

  test('refuses a call by cookie from another origin', async () => {
    await using window = await openAs('wang.department')
    const answer = await window.context.request.post('/api/v1/notices/read-all', {
      headers: { origin: 'http://elsewhere.example' },
    })
    expect(answer.status()).toBe(401)
  })

  test('says of a page that is not for this person whom to ask, and of a wrong link that it is one', async () => {
    await using window = await openAs('chu.provider')
    const { page } = window
    await page.goto('/requests')
    await page.getByText('您没有查看此页的权限').waitFor()
    await page.goto('/no/such/page')
    await page.getByText('没有找到此页').waitFor()
    await visit(page, '/')
    expect(window.complaints).toEqual([])
  })
})
