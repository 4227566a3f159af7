import { systemList } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { describeConsole, openAs, useBrowser, visit } from './world/console.ts'
import { wordsIn } from './world/words.ts'

const locale = 'zh-CN'
const words = wordsIn(locale)
const address = `**/api/v1${systemList.http.split(' ')[1]}?*`

describeConsole('a list', () => {
  useBrowser()

  test('says that its next page failed, and asks for that no more until it is told to', async () => {
    await using window = await openAs('li.operator', { locale })
    const { page } = window
    let asked = 0
    let isBroken = true
    await page.route(address, (route) => {
      const url = new URL(route.request().url())
      url.searchParams.set('limit', '3') // a province of a test has no second page otherwise
      if (!url.searchParams.has('cursor')) return route.continue({ url: url.href })
      asked++
      const problem = {
        status: 500,
        code: 'defect',
        detail: '出错了',
        next: '请重试',
        trace: 'x',
        title: 'x',
        type: 'x',
      }
      return isBroken
        ? route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) })
        : route.continue({ url: url.href })
    })
    await visit(page, '/systems')
    const again = page.getByRole('button', { name: words.states.retry, exact: true })
    await again.waitFor()
    await page.getByText('出错了').waitFor()
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('4')
    expect(asked).toBe(1)
    isBroken = false
    await again.click()
    await again.waitFor({ state: 'detached' })
    await expect.poll(() => page.getByRole('grid').getAttribute('aria-rowcount')).not.toBe('4')
    expect(window.complaints).toEqual([])
  })

  test('has in its field what its address says, and takes no letter away from who is typing', async () => {
    await using window = await openAs('li.operator', { locale })
    const { page } = window
    await visit(page, '/systems')
    const field = page.getByLabel(words.systems.search, { exact: true })
    await field.fill('平台')
    await page.waitForURL((url) => url.searchParams.get('text') === '平台')
    await field.fill('系统')
    await page.waitForURL((url) => url.searchParams.get('text') === '系统')
    await page.goBack()
    await page.waitForURL((url) => url.searchParams.get('text') === '平台')
    await expect.poll(() => field.inputValue()).toBe('平台')
    await field.fill('系')
    await page.waitForURL((url) => !url.searchParams.has('text'))
    await page.getByRole('grid').getByRole('gridcell').first().waitFor()
    expect(await field.inputValue()).toBe('系')
    expect(window.complaints).toEqual([])
  })
})
