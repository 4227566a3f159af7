import { totpBegin, totpConfirm } from '@yiduo/contract'
import { generate } from 'otplib'
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { ownPassword } from './world/browser.ts'
import { clientOf, describeConsole, openAs, openWindow, useBrowser, visit } from './world/console.ts'
import { fresh } from './world/orders.ts'
import { granted, newPerson } from './world/posts.ts'

const open = async (page: Page, login: string) => {
  await visit(page, `/people?text=${login}`)
  await page.getByRole('row').filter({ hasText: login }).getByRole('button', { name: '查看' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('region', { name: '账号' }).waitFor()
  return drawer
}

const enter = async (page: Page, login: string, secret: string) => {
  await page.goto('/')
  await page.getByLabel('登录名').fill(login)
  await page.getByLabel('口令', { exact: true }).fill(secret)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

/** What the person has on their telephone. */
const setUpFactor = async (login: string): Promise<void> => {
  const client = await clientOf(login)
  const { id: secondFactorId, secret } = await client.call(totpBegin, { body: { name: '手机' } })
  await client.call(totpConfirm, { params: { secondFactorId }, body: { code: await generate({ secret }) } })
}

const statusOf = async (login: string): Promise<number> => {
  const body = JSON.stringify({ login, password: ownPassword })
  const headers = { 'content-type': 'application/json', 'idempotency-key': fresh('k') }
  return (await fetch(`${inject('consoleUrl')}/api/v1/sessions`, { method: 'POST', headers, body })).status
}

describeConsole('accounts of others', () => {
  useBrowser()

  test('recovery takes two: one gives a password that is shown once, the other removes the second factor', async () => {
    const login = fresh('hui')
    const person = await newPerson(login, `遗忘者${login}`)
    await granted(person, { role: 'regulator', reach: 'own' })
    await setUpFactor(login)

    await using security = await openAs('secadmin')
    const forSecurity = await open(security.page, login)
    expect(await forSecurity.getByRole('button', { name: '清除第二因子' }).count()).toBe(0)
    await forSecurity.getByRole('button', { name: '重置口令' }).click()
    const asked = security.page.getByRole('dialog').filter({ hasText: '所有会话将结束' })
    await asked.getByRole('button', { name: '重置口令' }).click()
    const told = security.page.getByRole('dialog').filter({ hasText: '只显示这一次' })
    const oneTime = await told.locator('code').innerText()
    await told.getByRole('button', { name: '已保存' }).click()
    expect(await statusOf(login)).toBe(401)

    await using system = await openAs('sysadmin')
    const forSystem = await open(system.page, login)
    expect(await forSystem.getByRole('button', { name: '重置口令' }).count()).toBe(0)
    await forSystem.getByRole('button', { name: '清除第二因子' }).click()
    const removal = system.page.getByRole('dialog').filter({ hasText: '须重新设置第二因子' })
    await removal.getByRole('button', { name: '清除第二因子' }).click()
    await removal.waitFor({ state: 'detached' })

    await using own = await openWindow()
    await enter(own.page, login, oneTime)
    await own.page.getByRole('heading', { name: '修改口令' }).waitFor()
    expect([...security.complaints, ...system.complaints, ...own.complaints]).toEqual([])
  })

  test('who leaves is out at once, and the account opens nothing any more', async () => {
    const login = fresh('li')
    const person = await newPerson(login, `离岗者${login}`)
    await granted(person, { role: 'regulator', reach: 'subtree' })
    await using leaving = await openAs(login)
    await visit(leaving.page, '/systems')

    await using system = await openAs('sysadmin')
    const drawer = await open(system.page, login)
    await drawer.getByRole('button', { name: '离岗', exact: true }).click()
    const dialog = system.page.getByRole('dialog').filter({ hasText: '账号不能恢复' })
    const end = dialog.getByRole('button', { name: '离岗', exact: true })
    expect(await end.isDisabled()).toBe(true)
    await dialog.getByRole('textbox').fill(login)
    await end.click()
    await dialog.waitFor({ state: 'detached' })
    await system.page.getByRole('row').filter({ hasText: login }).getByText('已离岗').waitFor()
    expect(await statusOf(login)).toBe(401)
    await leaving.page.reload()
    await leaving.page.getByLabel('登录名').waitFor()
    expect(system.complaints).toEqual([])
  })
})
