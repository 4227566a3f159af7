import { offeringCreate, ProblemError, planCreate, platformProbe } from '@yiduo/contract'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { countsOf, nothing, oneOfEach } from './holdings.ts'
import { describeOpenstack } from './lab.ts'
import { approve, connect, giveBack, operationEnded, reaches, send } from './line.ts'
import { createOpenstackWorld, newTag, type OpenstackWorld } from './openstack-world.ts'
import { askCloud, tellCloud } from './witness.ts'

const labIn = (world: OpenstackWorld) => connect(world, { dataCentreId: world.province.dataCentre.id, code: 'lab' })

/** Sends what the cloud will refuse, and answers the fault that the request ends with. */
const failing = async (world: OpenstackWorld, systemId: string, planId: string, name: string) => {
  const sent = await send(world, { systemId, planId, name })
  if (sent.state === 'submitted') await approve(world, sent.id)
  return (await reaches(world, sent.id, 'delivery-failed')).fault
}

describeOpenstack('bad days', () => {
  test.concurrent('what exceeds the quota on the cloud is taken back whole, and what stood before stays', async () => {
    await using world = await createOpenstackWorld()
    await labIn(world)
    const site = await world.createSite()
    const first = await send(world, { systemId: site.systemId, planId: world.planIds.tiny, name: `${site.tag}-first` })
    await reaches(world, first.id, 'testing')
    const before = await site.holdings()
    const projectIds = before.projects.map((it) => it.ID)
    await tellCloud(`quota set --instances 1 ${projectIds[0]}`)
    const fault = await failing(world, site.systemId, world.planIds.tiny, `${site.tag}-second`)
    expect(fault).toMatchObject({ code: 'cloud-quota-exceeded' })
    expect(fault?.words).toMatch(/quota exceeded for instances/i)
    expect(await site.holdings()).toEqual(before)
    expect(countsOf(before)).toEqual(oneOfEach)
    await giveBack(world, first.id)
    expect(countsOf(await site.holdings(projectIds))).toEqual(nothing)
  })

  test.concurrent('no flavour fits, or the image has gone since: said by name, and nothing is left', async () => {
    await using world = await createOpenstackWorld()
    const image = `${newTag()}-image`
    const made = Type.Object({ id: Type.String() })
    const create = `image create --public --disk-format raw --container-format bare --file ${import.meta.filename} ${image}`
    const { picture } = await askCloud({ picture: { command: create, schema: made } })
    const { platform } = await labIn(world)
    const giant = await world.province.plan('giant', 128, 65_536, 100)
    const offering = await world.call('operator', offeringCreate, {
      body: { code: 'gone', name: 'gone', kind: 'server', imageNames: [image], metering: world.province.componentIds },
    })
    const body = { code: 'tiny-gone', name: 'tiny', vcpus: 1, memoryMib: 512, systemDiskGib: 1 }
    const plan = await world.call('operator', planCreate, { params: { offeringId: offering.id }, body })
    await tellCloud(`image delete ${picture.id}`)

    const site = await world.createSite()
    const [unfitting, imageless] = await Promise.all([
      failing(world, site.systemId, giant.id, `${site.tag}-giant`),
      failing(world, site.systemId, plan.id, `${site.tag}-gone`),
    ])
    expect(unfitting).toMatchObject({ code: 'cloud-no-fitting-flavour' })
    expect(unfitting?.words).toContain('128 vcpus')
    expect(imageless).toMatchObject({ code: 'cloud-no-such-image' })
    expect(imageless?.words).toContain(image)
    expect(countsOf(await site.holdings())).toEqual(nothing)

    // Once the platform was looked at again, such a request is not even taken.
    const probe = await world.call('operator', platformProbe, { params: { platformId: platform.id } })
    await operationEnded(world, probe.id)
    const refused = await send(world, { systemId: site.systemId, planId: plan.id, name: `${site.tag}-gone` }).catch(
      (error: unknown) => error,
    )
    expect(refused).toBeInstanceOf(ProblemError)
    expect(refused).toHaveProperty('problem.code', 'no-platform-fits')
  })
})
