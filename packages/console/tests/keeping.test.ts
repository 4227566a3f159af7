import { dataCentreEdit, dataCentreList, organisationList, resourceList } from '@yiduo/contract'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { paths } from '../src/paths.ts'
import { clientOf, describeConsole, openAs, useBrowser, visit } from './world/console.ts'
import { fill, openForm, send } from './world/forms.ts'
import { wordsIn } from './world/words.ts'

const words = wordsIn('zh-CN')
const { states, clouds, offerings, organisations, demand, schedules, delegations, rules, templates } = words
/** Against a server that runs already a test may run again; codes and years are given once. */
const mark = Date.now().toString(36)
const year = String(2_030 + (Date.now() % 60))

const keepPlan = async (page: Page): Promise<void> => {
  await visit(page, paths.offerings())
  await page.getByRole('link', { name: '通用云服务器' }).click()
  const plan = await openForm(page, offerings.addPlan)
  await fill(plan, { [clouds.code]: `p-${mark}`, [clouds.name]: '存留规格', [offerings.memoryGib]: '6' })
  await send(plan, states.save)
  await page.getByRole('cell', { name: `p-${mark}` }).waitFor()
}

const keepNodeAndSite = async (page: Page): Promise<void> => {
  await visit(page, `${paths.nodes()}?tab=nodes`)
  const node = await openForm(page, clouds.createNode)
  await node.getByLabel(clouds.operator, { exact: true }).fill('省大数据管理中心')
  await page.getByTitle('省大数据管理中心', { exact: true }).click()
  await fill(node, { [clouds.name]: `节点 ${mark}`, [clouds.code]: `n-${mark}`, [clouds.division]: '320000' })
  await send(node, states.save)
  await page.getByRole('tab', { name: clouds.tabs.centres }).click()
  const site = await openForm(page, clouds.createCentre)
  await fill(site, { [clouds.node]: `节点 ${mark}`, [clouds.code]: `s-${mark}`, [clouds.name]: `机房 ${mark}` })
  await fill(site, { [clouds.longitude]: '118.8', [clouds.latitude]: '32.06' })
  await send(site, states.save)
  await page.getByText(`机房 ${mark}`).waitFor()
}

const keepQuotaAndBudget = async (page: Page): Promise<void> => {
  const client = await clientOf('li.operator')
  const [office] = (await client.call(organisationList, { query: { text: '省民政厅' } })).items
  await visit(page, paths.organisation(office?.id ?? ''))
  const quota = await openForm(page, states.edit)
  await fill(quota, { [words.measures.vcpu]: '97' })
  await send(quota, states.save)
  await page.getByText('/ 97').waitFor()
  const budget = await openForm(page, organisations.setBudget)
  await fill(budget, { [organisations.period]: year, [organisations.budgetYuan]: '1234' })
  await send(budget, states.save)
  await page.getByText('¥1,234.00').first().waitFor()
}

const keepRoute = async (page: Page): Promise<void> => {
  await visit(page, paths.rules())
  const route = await openForm(page, rules.create)
  await fill(route, { [clouds.code]: `r-${mark}`, [clouds.name]: mark, [rules.vcpusAtLeast]: '9000' })
  await route.getByRole('button', { name: rules.addStage }).click()
  await fill(route, { [rules.stage]: '存留环节' })
  await send(route, states.save)
  await page.getByText('存留环节').waitFor()
  const withdrawal = await openForm(page, rules.withdraw)
  await withdrawal.getByRole('textbox').fill(mark)
  await send(withdrawal, rules.withdraw)
  await page.getByText('存留环节').waitFor({ state: 'detached' })
}

const planDemand = async (page: Page): Promise<void> => {
  await visit(page, paths.demandPlans())
  const plan = await openForm(page, demand.write)
  await fill(plan, { [demand.year]: year, [demand.offering]: '通用云服务器 (x86-64)', [demand.quantity]: '12' })
  await send(plan, states.save)
  await page.waitForURL(/\/demand-plans\/dmp_/)
  await send(await openForm(page, demand.submit), demand.submit)
  await page.getByText(demand.next.submitted).waitFor()
  await using operator = await openAs('li.operator')
  await visit(operator.page, new URL(page.url()).pathname)
  await send(await openForm(operator.page, demand.accept), demand.accept)
  await operator.page.getByText(demand.next.accepted).waitFor()
}

const makeTemplate = async (page: Page): Promise<void> => {
  await visit(page, paths.templates())
  const template = await openForm(page, templates.create)
  await fill(template, { [clouds.name]: `模板 ${mark}`, [clouds.code]: 'web' })
  await template.getByLabel(clouds.name, { exact: true }).nth(1).fill('网站')
  await template.getByLabel(words.request.plan, { exact: true }).click()
  await page.getByTitle(/^通用云服务器 1 核 2 GiB/).click()
  await send(template, states.save)
  await page.waitForURL(/\/catalogue\/templates\/tpl_/)
  await send(await openForm(page, templates.release), templates.release)
  await page.getByRole('button', { name: offerings.withdraw }).waitFor()
}

const schedulePower = async (page: Page): Promise<void> => {
  const client = await clientOf('wang.department')
  const [server] = (await client.call(resourceList, { query: { kind: 'server', state: 'formal' } })).items
  await visit(page, paths.resource(server?.id ?? ''))
  await send(await openForm(page, schedules.create), states.save)
  const section = page.getByRole('region', { name: schedules.title })
  await section.getByText(schedules.ofServer, { exact: false }).waitFor()
  await section.getByRole('button', { name: states.remove, exact: true }).click()
  await send(page.getByRole('dialog'), states.remove)
  await section.getByRole('button', { name: schedules.create }).waitFor()
}

describeConsole('what people keep in forms', () => {
  useBrowser()

  test('of the province reaches the server and is shown at once', async () => {
    await using operator = await openAs('li.operator')
    await keepPlan(operator.page)
    await keepNodeAndSite(operator.page)
    await keepQuotaAndBudget(operator.page)
    await keepRoute(operator.page)
    expect(operator.complaints).toEqual([])
  })

  test('of a department goes to who decides, and what is refused is still there', async () => {
    await using department = await openAs('wang.department')
    const { page } = department
    await planDemand(page)
    await makeTemplate(page)
    await schedulePower(page)
    await visit(page, paths.delegations())
    const delegation = await openForm(page, delegations.create)
    await fill(delegation, { [delegations.delegate]: 'nobody.here', [delegations.lastDay]: '2099-01-01' })
    await delegation.getByRole('button', { name: states.save }).click()
    await delegation.getByRole('alert').waitFor()
    expect(await delegation.getByLabel(delegations.delegate).inputValue()).toBe('nobody.here')
    expect(department.complaints).toEqual([])
  })

  test('overwrites nothing that somebody else has changed meanwhile, and says so', async () => {
    await using operator = await openAs('li.operator')
    const { page } = operator
    const other = await clientOf('sun.operator')
    const [centre] = (await other.call(dataCentreList, {})).items
    const pue = centre?.pue === 1.77 ? 1.78 : 1.77
    await visit(page, `${paths.nodes()}?tab=centres`)
    await page
      .getByRole('row')
      .filter({ hasText: centre?.name ?? '' })
      .getByRole('button')
      .click()
    const dialog = page.getByRole('dialog')
    await fill(dialog, { [clouds.belt]: '甲' })
    await other.call(dataCentreEdit, { params: { dataCentreId: centre?.id ?? '' }, body: { pue } })
    await dialog.getByText(states.staleHint).waitFor()
    await dialog.getByRole('button', { name: states.staleLoad }).click()
    expect(await dialog.getByLabel(clouds.pue).inputValue()).toBe(String(pue))
    await fill(dialog, { [clouds.belt]: mark })
    await send(dialog, states.save)
    await page.getByText(mark, { exact: true }).waitFor()
    const kept = (await other.call(dataCentreList, { query: { limit: 500 } })).items
    expect(kept).toContainEqual(expect.objectContaining({ id: centre?.id, pue, seismicBelt: mark }))
  })
})
