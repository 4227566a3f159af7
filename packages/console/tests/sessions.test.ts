import { sessionGet } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { clientOf, describeConsole, openAs, phone, useBrowser, visit } from './world/console.ts'
import { fresh } from './world/orders.ts'
import { granted, newPerson } from './world/posts.ts'

describeConsole('my sessions', () => {
  useBrowser()

  test('on a telephone nothing of them lies beyond the edge, and all but this one are ended at once', async () => {
    const login = fresh('gong')
    await granted(await newPerson(login, `会话${login}`), { role: 'regulator', reach: 'own' })
    const elsewhere = await clientOf(login)
    await using window = await openAs(login, { viewport: phone })
    const { page } = window
    await visit(page, '/account')
    const sessions = page.getByRole('region', { name: '登录会话', exact: true }).first()
    const end = sessions.getByRole('button', { name: '结束', exact: true })
    await end.first().waitFor()
    expect(await end.count()).toBeGreaterThan(0)
    for (const it of await end.all()) {
      const { x = phone.width, width = 0 } = (await it.boundingBox()) ?? {}
      expect(x + width).toBeLessThanOrEqual(phone.width)
    }
    await elsewhere.call(sessionGet, {})
    await sessions.getByRole('button', { name: '结束其他会话' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: '开始执行' }).click()
    await dialog.getByText('成功').first().waitFor()
    await dialog.getByRole('button', { name: '关闭' }).last().click()
    await end.first().waitFor({ state: 'detached' })
    await sessions.getByText('当前', { exact: true }).waitFor()
    await expect(elsewhere.call(sessionGet, {})).rejects.toThrow()
    await page.reload()
    await sessions.getByText('当前', { exact: true }).waitFor()
    expect(window.complaints).toEqual([])
  })
})
