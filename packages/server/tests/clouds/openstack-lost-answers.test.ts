import { expect, test } from 'vitest'
import { createFrailWay, madeInTheLine } from './frail-way.ts'
import { countsOf, nothing, oneOfEach } from './holdings.ts'
import { describeOpenstack } from './lab.ts'
import { approve, connect, giveBack, reaches, send } from './line.ts'
import { createOpenstackWorld } from './openstack-world.ts'

describeOpenstack('lost answers', () => {
  test('each create call is lost on its way, and when it is made again its answer is lost: one set of things', async () => {
    await using way = await createFrailWay()
    await using world = await createOpenstackWorld({ ruleVcpus: 0 })
    const settings = { endpointOverrides: way.endpointOverrides }
    const { platform } = await connect(world, { dataCentreId: world.province.dataCentre.id, code: 'lab', settings })
    expect(platform.state).toBe('online')
    const site = await world.createSite()
    const sent = await send(world, { systemId: site.systemId, planId: world.planIds.tiny, name: `${site.tag}-web` })
    const breaks = madeInTheLine.flatMap((call) => [
      { what: `call of ${call}`, it: way.loseCall(call) },
      { what: `answer to ${call}`, it: way.loseAnswer(call) },
    ])
    await approve(world, sent.id)
    await reaches(world, sent.id, 'testing')
    expect(breaks.filter(({ it }) => !it.struck()).map(({ what }) => what)).toEqual([])
    const held = await site.holdings()
    expect(countsOf(held)).toEqual(oneOfEach)
    expect(held.volumes).toMatchObject([{ Status: 'in-use', 'Attached to': [{ server_id: held.servers[0]?.ID }] }])
    await giveBack(world, sent.id)
    expect(countsOf(await site.holdings(held.projects.map((it) => it.ID)))).toEqual(nothing)
  })
})
