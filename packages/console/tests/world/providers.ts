import type { Locator, Page } from 'playwright-core'
import { act } from './acts.ts'
import type { Window } from './browser.ts'
import { openAs, visit } from './console.ts'
import { fill, send } from './forms.ts'

/** A provider's line in their list. */
export const rowOf = (page: Page, name: string): Locator => page.getByRole('row').filter({ hasText: name })

/** Lets everybody in whom it proves, who get a role where a value of theirs says so; the window is at the list. */
export const letIn = async (name: string, value: string): Promise<Window> => {
  const security = await openAs('secadmin')
  const { page } = security
  await visit(page, '/identity-providers')
  await rowOf(page, name).getByRole('button', { name: '准入规则' }).click()
  const rules = page.getByRole('dialog')
  await fill(rules, { 首次登录且本平台没有账号的人: '自动建立账号' })
  await rules.getByRole('combobox', { name: '默认所属机构' }).click()
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click()
  await rules.getByRole('button', { name: '添加一行' }).last().click()
  await rules.getByLabel('角色映射 1 · 声明值').fill(value)
  await fill(rules, { '角色 1': '使用单位' })
  await send(rules, '保存')
  await act(rowOf(page, name), '启用')
  await rowOf(page, name).getByText('已启用').waitFor()
  return security
}

export const switchOff = async (page: Page, name: string): Promise<void> => {
  await visit(page, '/identity-providers')
  await act(rowOf(page, name), '停用')
  await rowOf(page, name).getByText('未启用').waitFor()
}

export const remove = async (page: Page, name: string, code: string): Promise<void> => {
  await visit(page, '/identity-providers')
  await act(rowOf(page, name), '删除', { name: code })
  await rowOf(page, name).waitFor({ state: 'detached' })
}
