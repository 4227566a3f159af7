import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { describeConsole, openAs, openWindow, useBrowser, visit } from './world/console.ts'
import { type Directory, startDirectory, withoutSlapd } from './world/directory.ts'
import { fill, openForm, send } from './world/forms.ts'
import { fresh } from './world/orders.ts'
import { letIn, remove, rowOf, switchOff } from './world/providers.ts'

const code = 'directory-of-tests'
const name = '测试目录'
const password = 'Directory-2026-pw'

const connect = async (page: Page, directory: Directory) => {
  await visit(page, '/identity-providers')
  const form = await openForm(page, '登记目录服务（LDAP）')
  await fill(form, {
    ...{ 代码: code, 名称: name, 目录地址: directory.url, '查询账号（DN）': directory.bindDn },
    ...{ 查询账号口令: directory.password, '人员所在的根（DN）': directory.baseDn },
    ...{ 机构取自: 'ou', 角色取自: 'memberOf' },
  })
  await send(form, '保存')
  await rowOf(page, name).getByText('未启用').waitFor()
  await rowOf(page, name).getByRole('button', { name: '测试连接' }).click()
  await page.getByText(`${directory.url} →`).first().waitFor()
}

const enter = async (page: Page, login: string, given: string) => {
  await page.getByLabel('登录名').fill(login)
  await page.getByLabel('口令', { exact: true }).fill(given)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

/** Who has come is there already, who has not comes now. */
const takesOver = async (page: Page, { came, comes }: { came: string; comes: string }) => {
  await visit(page, '/identity-providers')
  await rowOf(page, name).getByRole('button', { name: '导入人员' }).click()
  const people = page.getByRole('dialog')
  const stateOf = (login: string) => people.getByRole('row').filter({ hasText: login }).locator('td').last()
  await stateOf(comes).getByText('新建').waitFor()
  expect(await stateOf(came).innerText()).toBe('已有')
  await people.getByRole('button', { name: '导入', exact: true }).click()
  const asked = page.getByRole('dialog').filter({ hasText: '新建和关联下列人员' }).last()
  await asked.getByRole('button', { name: '导入', exact: true }).click()
  await stateOf(comes).getByText('已有').waitFor()
}

/** It says that it follows claims, and who takes it away is told that it comes back. */
const revokes = async (page: Page, login: string) => {
  await visit(page, `/people?text=${login}`)
  await page.getByRole('row').filter({ hasText: login }).getByRole('button', { name: '查看' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('随声明').waitFor()
  // There is no password of ours that could be taken from them.
  expect(await drawer.getByRole('button', { name: '删除口令' }).count()).toBe(0)
  await drawer.getByRole('button', { name: '收回' }).click()
  const asked = page.getByRole('dialog').filter({ hasText: '会恢复' }).last()
  await asked.getByRole('button', { name: '收回', exact: true }).click()
  await drawer.getByText('随声明').waitFor({ state: 'detached' })
}

describe.skipIf(withoutSlapd)('with a directory', () => {
  describeConsole('its people', () => {
    useBrowser()

    test('come in by the fields that everybody uses, are taken over, and stay out when it is switched off', async () => {
      const [gu, tao] = [fresh('gu'), fresh('tao')]
      await using directory = await startDirectory(
        { uid: gu, cn: '顾目录', ou: 'D-01', password },
        { uid: tao, cn: '陶目录', ou: 'D-01', password },
      )
      await using system = await openAs('sysadmin')
      await connect(system.page, directory)
      await using security = await letIn(name, directory.group)

      await using person = await openWindow()
      const { page } = person
      await page.goto('/systems')
      await page.getByLabel('登录名').waitFor()
      expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0)
      await enter(page, gu, 'Wrong-2026-pw')
      await page.getByRole('alert').waitFor()
      expect(await page.getByRole('alert').innerText()).toMatch(/log-in-refused/)
      await enter(page, gu, password)
      await page.getByRole('navigation').first().waitFor()
      expect(new URL(page.url()).pathname).toBe('/systems')
      await page.getByRole('button', { name: '顾目录' }).waitFor()

      await takesOver(system.page, { came: gu, comes: tao })
      await revokes(security.page, gu)
      await switchOff(security.page, name)
      await page.reload()
      await enter(page, gu, password)
      await page.getByRole('alert').waitFor()
      expect(person.complaints).toEqual([])
      await remove(system.page, name, code)
    })
  })
})
