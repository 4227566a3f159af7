import { generate } from 'otplib'
import type { BrowserContext, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { ownPassword } from './world/browser.ts'
import { describeConsole, openWindow, useBrowser } from './world/console.ts'
import { fresh } from './world/orders.ts'
import { granted, newPerson } from './world/posts.ts'

const logIn = async (page: Page, login: string) => {
  await page.goto('/account')
  await page.getByLabel('登录名').fill(login)
  await page.getByLabel('口令', { exact: true }).fill(ownPassword)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

/** Of whom no other test asks anything: with a factor the account opens by name and password no more. */
const somebody = async (): Promise<{ login: string; name: string }> => {
  const login = fresh('yan')
  const name = `严守${login}`
  await granted(await newPerson(login, name), { role: 'regulator', reach: 'own' })
  return { login, name }
}

const logOut = async (page: Page, name: string) => {
  await page.getByRole('button', { name }).click()
  await page.getByRole('menuitem', { name: '退出登录' }).click()
  await page.getByLabel('登录名').waitFor()
}

const addFactor = async (page: Page, how: RegExp) => {
  await page.getByRole('button', { name: '添加第二因子' }).click()
  await page.getByRole('dialog').getByRole('button', { name: how }).click()
}

/** A device of its own with a fingerprint sensor that always knows its owner (WebAuthn automation, Chromium's). */
const plugInKey = async (context: BrowserContext, page: Page) => {
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

describeConsole('second factors', () => {
  useBrowser()

  test('one-time codes are set up and then asked for at the log-in; a wrong one does not lead in', async () => {
    await using window = await openWindow()
    const { page } = window
    const { login, name } = await somebody()
    await logIn(page, login)
    await addFactor(page, /动态口令/)
    const secret = await page.getByRole('dialog').locator('code').innerText()
    // A code is good once: the one that follows is used a step early, as a clock that runs ahead would.
    const codeIn = (seconds: number) => generate({ secret, epoch: Math.floor(Date.now() / 1000) + seconds })
    await page.getByLabel('动态口令').fill(await codeIn(0))
    await page.getByRole('button', { name: '完成设置' }).click()
    await page.getByRole('region', { name: '第二因子', exact: true }).getByText('验证器应用').waitFor()

    await logOut(page, name)
    await logIn(page, login)
    await page.getByRole('heading', { name: '请证明是您本人' }).waitFor()
    await page.getByLabel('动态口令').fill('000000')
    await page.getByRole('button', { name: '验证' }).click()
    await page.getByRole('alert').waitFor()
    await page.getByLabel('动态口令').fill(await codeIn(30))
    await page.getByRole('button', { name: '验证' }).click()
    await page.getByRole('region', { name: '第二因子', exact: true }).getByRole('table').waitFor()
    await page.getByRole('button', { name: '移除' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '移除' }).click()
    await page.getByText('尚未设置').waitFor()
  })

  test('a passkey is registered and leads in', async () => {
    await using window = await openWindow()
    const { page, context } = window
    const { login, name } = await somebody()
    await plugInKey(context, page)
    await logIn(page, login)
    await addFactor(page, /通行密钥/)
    await page.getByRole('region', { name: '第二因子', exact: true }).getByText('通行密钥').first().waitFor()
    await logOut(page, name)
    await logIn(page, login)
    await page.getByRole('button', { name: '使用通行密钥' }).click()
    await page.getByRole('region', { name: '第二因子', exact: true }).getByRole('table').waitFor()
    await page.getByRole('button', { name: '移除' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '移除' }).click()
    await page.getByText('尚未设置').waitFor()
    expect(window.complaints).toEqual([])
  })

  test('a token for a program is shown once', async () => {
    await using window = await openWindow()
    const { page } = window
    await logIn(page, (await somebody()).login)
    await page.getByRole('button', { name: '新建令牌' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('名称').fill('夜间报表')
    await dialog.getByLabel('可执行的操作').fill('request.list')
    await page.getByTitle('request.list', { exact: true }).click()
    await dialog.getByLabel('最后一天').fill('2027-01-31')
    await dialog.getByRole('button', { name: '保存' }).click()
    await page.getByText('令牌只显示这一次').waitFor()
    const token = await page.getByRole('dialog').locator('code').innerText()
    expect(token).toMatch(/^yda_/)
    await page.getByRole('button', { name: '已保存' }).click()
    await page.getByRole('region', { name: '程序令牌', exact: true }).getByText('夜间报表').waitFor()
    const origin = new URL(page.url()).origin
    const answer = await fetch(`${origin}/api/v1/requests`, { headers: { authorization: `Bearer ${token}` } })
    expect(answer.status).toBe(200)
  })
})
