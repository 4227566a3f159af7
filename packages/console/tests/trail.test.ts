import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AnswerOf, type auditList, grantList, quotaSet } from '@yiduo/contract'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { clientOf, describeConsole, openAs, useBrowser, visit } from './world/console.ts'
import { fill, openForm, send } from './world/forms.ts'
import { organisationCalled } from './world/posts.ts'
import { run } from './world/program.ts'

const audit = (...words: readonly string[]): Promise<string> => run('packages/server/src/main.ts', 'audit', ...words)

const kept = async (page: Page, press: () => Promise<void>, path: string): Promise<string> => {
  const [download] = await Promise.all([page.waitForEvent('download'), press()])
  await download.saveAs(path)
  return path
}

describeConsole('a file of the audit trail', () => {
  useBrowser()

  test.each([
    ['csv', 'CSV（表格）'],
    ['jsonl', 'JSON Lines（程序读取）'],
  ])('is exported as %s as it was cut, and its signature holds until a letter is changed', async (format, label) => {
    const folder = await mkdtemp(join(tmpdir(), 'yiduo-export-'))
    await using stack = new AsyncDisposableStack()
    stack.defer(() => rm(folder, { recursive: true, force: true }))
    await using window = await openAs('auditadmin')
    const { page } = window
    await visit(page, '/audit?operation=request.submit')
    await page.getByRole('button', { name: '导出', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(label).check()
    const begin = () => dialog.getByRole('button', { name: '开始导出' }).click()
    const file = await kept(page, begin, join(folder, `trail.${format}`))
    await dialog.waitFor({ state: 'detached' })
    const text = await readFile(file, 'utf8')
    expect(text).toContain('request.submit')
    expect(text).not.toContain('request.create')
    expect(await audit('check-export', file)).toContain('As it was exported')
    await writeFile(file, text.replace('request.submit', 'request.subm1t'))
    expect(await audit('check-export', file)).toContain('not as it was exported')
    expect(window.complaints).toEqual([])
  })

  test('that is a checkpoint, found where the chain tells how far it is sealed, proves it later', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'yiduo-checkpoint-'))
    await using stack = new AsyncDisposableStack()
    stack.defer(() => rm(folder, { recursive: true, force: true }))
    await using window = await openAs('auditadmin')
    const { page } = window
    await visit(page, '/audit?tab=chain')
    const sealing = page.getByRole('region', { name: '封存', exact: true })
    await sealing.getByRole('link', { name: /检查点 \d+/ }).click()
    const save = () => page.getByRole('button', { name: '另存' }).click()
    const file = await kept(page, save, join(folder, 'checkpoint.txt'))
    expect(await readFile(file, 'utf8')).toContain('Yiduo audit checkpoint')
    expect(await audit('verify', '--checkpoint', file)).toContain('belongs to it')
    expect(window.complaints).toEqual([])
  })
})

describeConsole('the audit trail', () => {
  useBrowser()

  test('is kept for as long as the audit administrator says, and never under six months', async () => {
    await using window = await openAs('auditadmin')
    const { page } = window
    await visit(page, '/audit?tab=chain')
    const dialog = await openForm(page, '修改保存期限')
    await fill(dialog, { 保存月数: '60' })
    await send(dialog, '保存')
    await page.getByText('60 个月').waitFor()
    await using guard = await openAs('secadmin')
    await visit(guard.page, '/audit')
    await guard.page.getByText('60 个月').waitFor()
    expect(await guard.page.getByRole('button', { name: '修改保存期限' }).count()).toBe(0)
    expect(await guard.page.getByRole('tab').allInnerTexts()).toEqual(['封存与校验'])
  })

  test('an entry says what was before and after; the department reads who did it, and finds it again by filters', async () => {
    const operator = await clientOf('li.operator')
    const organisationId = await organisationCalled(operator, '省民政厅')
    for (const limit of [71, 72])
      await operator.call(quotaSet, { params: { organisationId, measure: 'address' }, body: { limit } })
    await using auditor = await openAs('auditadmin')
    await visit(auditor.page, `/audit?operation=quota.set&actor=li.operator&target=${organisationId}`)
    await auditor.page.getByRole('button', { name: '查看' }).first().click()
    const drawer = auditor.page.getByRole('dialog')
    await drawer.getByRole('link', { name: '省民政厅' }).waitFor()
    const cells = drawer.getByRole('row').filter({ hasText: 'limit' }).getByRole('cell')
    await cells.first().waitFor()
    expect(await cells.allInnerTexts()).toEqual(['limit', '71', '72'])

    await using window = await openAs('wang.department')
    await visit(window.page, '/')
    await window.page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '外机构操作' }).click()
    const rows = window.page.getByRole('row').filter({ hasText: '省大数据管理中心' })
    await rows.filter({ hasText: '设置配额' }).first().waitFor()
    await window.page.getByLabel('操作人', { exact: true }).fill('wei.security')
    await window.page.keyboard.press('Enter')
    await rows.first().waitFor({ state: 'detached' })
    expect(new URL(window.page.url()).search).toContain('actor=wei.security')
    expect([...auditor.complaints, ...window.complaints]).toEqual([])
  })
})

describeConsole('an entry of the audit trail', () => {
  useBrowser()

  test('what was tried and refused is told from what was done, found by it, and says why', async () => {
    const outsider = await clientOf('feng.department')
    const tried = outsider.call(grantList, {})
    await expect(tried).rejects.toThrow()
    await using auditor = await openAs('auditadmin')
    const { page } = auditor
    const rows = page.getByRole('row').filter({ hasText: 'feng.department' })
    await visit(page, '/audit?actor=feng.department')
    await rows.filter({ hasText: '列出授权' }).getByText('被拒绝').first().waitFor()
    await rows.getByText('已执行').first().waitFor()
    await page.getByRole('combobox', { name: '结果' }).click()
    await page.locator('.ant-select-dropdown:visible').getByTitle('被拒绝').click()
    await rows.getByText('已执行').first().waitFor({ state: 'detached' })
    await rows.filter({ hasText: '列出授权' }).first().getByRole('button', { name: '查看' }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByText('not-permitted').waitFor()
    expect(auditor.complaints).toEqual([])
  })

  test('that no seal stands over yet is marked, until one does', async () => {
    await using auditor = await openAs('auditadmin')
    const { page } = auditor
    let asked = 0
    await page.route(/\/api\/v1\/audit\?/, async (route) => {
      const answer = await route.fetch()
      const { items, ...rest } = (await answer.json()) as AnswerOf<typeof auditList>
      const unsealed = items.map((it) => ({ ...it, position: null }))
      asked += 1
      await route.fulfill({ response: answer, json: { ...rest, items: asked === 1 ? unsealed : items } })
    })
    await visit(page, '/audit?operation=installation.create')
    const row = page.getByRole('row').filter({ hasText: '首次安装' }).first()
    await row.getByText('未封存').waitFor()
    await row.getByText('未封存').waitFor({ state: 'detached' })
    await row.getByText('已执行').waitFor()
    expect(auditor.complaints).toEqual([])
  })
})
