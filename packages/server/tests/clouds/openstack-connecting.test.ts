import { createServer } from 'node:http'
import { requestQuote } from '@yiduo/contract'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { countsOf, nothing, oneOfEach } from './holdings.ts'
import { describeOpenstack, openstackLab } from './lab.ts'
import { connect, giveBack, type PlatformAsk, reaches, send } from './line.ts'
import { createMember } from './member.ts'
import { createOpenstackWorld } from './openstack-world.ts'
import { askCloud, serverShown } from './witness.ts'

/** A web page where a cloud was expected. */
const createWebServer = async () => {
  const server = createServer((_request, reply) => reply.end('<html><body>It works!</body></html>'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}/v3`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

describeOpenstack('connecting', () => {
  test.concurrent('a platform that cannot be connected says why, and nothing is placed on it', async () => {
    await using world = await createOpenstackWorld()
    await using website = await createWebServer()
    const { authUrl, username } = openstackLab()
    const wrong: readonly (readonly [string, Omit<PlatformAsk, 'code' | 'dataCentreId'>, string, string])[] = [
      ['password', { credential: { username, password: 'wrong' } }, 'cloud-credentials-refused', 'refused'],
      ['project', { settings: { projectName: 'no-such-project' } }, 'cloud-credentials-refused', 'refused'],
      ['region', { settings: { region: 'no-such-region' } }, 'cloud-endpoint-wrong', 'unreachable'],
      ['website', { endpoint: website.url }, 'cloud-endpoint-wrong', 'unreachable'],
      ['path', { endpoint: `${authUrl.replace(/\/v3$/, '')}/nowhere` }, 'cloud-endpoint-wrong', 'unreachable'],
      ['nobody', { endpoint: 'http://127.0.0.1:1/v3' }, 'cloud-unreachable', 'unreachable'],
    ]
    const dataCentreId = world.province.dataCentre.id
    for (const [code, ask, faultCode, state] of wrong) {
      const { platform, operation } = await connect(world, { dataCentreId, code, ...ask })
      expect([code, operation.state, operation.fault?.code]).toEqual([code, 'failed', faultCode])
      expect([code, platform.state]).toEqual([code, state])
      expect(JSON.stringify(operation)).not.toContain('"wrong"')
    }
    const site = await world.createSite()
    const body = { systemId: site.systemId, lines: [{ planId: world.planIds.tiny, name: 'web' }] }
    const quote = await world.call('department', requestQuote, { body })
    expect(quote.refusals.map((it) => it.code)).toEqual(['no-platform-fits'])
  })

  test.concurrent('a member without admin rights works in its own project and is told what it lacks', async () => {
    await using member = await createMember()
    await using world = await createOpenstackWorld()
    const { platform } = await connect(world, {
      dataCentreId: world.province.dataCentre.id,
      code: 'member',
      settings: { projectName: member.projectName },
      credential: { username: member.username, password: member.password },
    })
    expect(platform.state).toBe('online')
    expect(platform.missingPermissions).toContain('identity:list_projects')
    const lacking = platform.capabilities.filter((it) => !it.supported)
    expect(lacking.map((it) => [it.name, it.reason]).sort()).toEqual([
      ['hosts', 'needs-admin-rights'],
      ['privateFlavours', 'switched-off'],
      ['projectQuotas', 'needs-admin-rights'],
      ['projects', 'needs-admin-rights'],
      ['usage', 'needs-admin-rights'],
    ])
    expect(lacking.every((it) => it.message)).toBe(true)

    const site = await world.createSite()
    const sent = await send(world, { systemId: site.systemId, planId: world.planIds.tiny, name: `${site.tag}-web` })
    await reaches(world, sent.id, 'testing')
    const held = await site.holdings()
    // The project is the member's own, so is its security group: neither bears our name.
    expect(countsOf(held)).toEqual({ ...oneOfEach, projects: 0, securityGroups: 0 })
    const { shown } = await askCloud({ shown: serverShown(held.servers[0]?.ID ?? '') })
    expect(shown.project_id).toBe(member.projectId)
    await giveBack(world, sent.id)
    expect(countsOf(await site.holdings())).toEqual(nothing)
    const Shown = Type.Object({ id: Type.String(), enabled: Type.Boolean() })
    const asked = { project: { command: `project show ${member.projectId}`, schema: Shown } }
    expect((await askCloud(asked)).project.enabled).toBe(true)
  })
})
