import { expect, test } from 'vitest'
import { act, sees } from './world/acts.ts'
import { clientOf, describeConsole, openAs, phone, useBrowser, visit } from './world/console.ts'
import { fill, openForm, send } from './world/forms.ts'
import { fresh, newSystem } from './world/orders.ts'

const inAWeek = (): string => new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10)

describeConsole('findings', () => {
  useBrowser()

  test('one is raised, ordered, answered by whom it concerns, and closed; each sees what is theirs to do', async () => {
    const system = await newSystem(await clientOf('wang.department'), fresh('被查系统'))
    const title = fresh('弱口令')
    await using inspector = await openAs('wei.security')
    await visit(inspector.page, '/findings')
    const raise = await openForm(inspector.page, '提出安全问题')
    await raise.getByLabel('对象').fill(system.name)
    await inspector.page.locator('.ant-select-dropdown:visible').getByText(system.name).first().click()
    await fill(raise, { 问题: title, 详情: '数据库账号仍用初始口令。' })
    await send(raise, '保存')
    await inspector.page.getByRole('link', { name: title }).click()
    await sees(inspector.page, '数据库账号仍用初始口令。')
    const order = await openForm(inspector.page, '责令整改')
    await fill(order, { 整改期限: inAWeek(), 整改要求: '一周内改为强口令' })
    await send(order, '保存')
    await sees(inspector.page, '一周内改为强口令')
    expect(await inspector.page.getByRole('button', { name: '反馈整改情况' }).count()).toBe(0)

    await using concerned = await openAs('wang.department', { viewport: phone })
    await visit(concerned.page, new URL(inspector.page.url()).pathname)
    expect(await concerned.page.getByRole('button', { name: '办结' }).count()).toBe(0)
    const answer = await openForm(concerned.page, '反馈整改情况')
    await fill(answer, { 整改情况: '已全部更换，并启用定期轮换。' })
    await send(answer, '保存')
    await sees(concerned.page, '已全部更换，并启用定期轮换。')

    await inspector.page.reload()
    await sees(inspector.page, '已全部更换，并启用定期轮换。')
    await act(inspector.page, '办结', { remark: '复查属实' })
    await sees(inspector.page, '复查属实')
    expect(await inspector.page.getByRole('button', { name: '再次责令整改' }).count()).toBe(0)

    await using stranger = await openAs('feng.department')
    await stranger.page.goto(new URL(inspector.page.url()).pathname)
    await stranger.page.getByText('此内容已不存在').waitFor()
    expect([...inspector.complaints, ...concerned.complaints, ...stranger.complaints]).toEqual([])
  })
})
