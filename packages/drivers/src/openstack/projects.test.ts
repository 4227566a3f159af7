import type { Attempt } from '@yiduo/driver-api'
import { expect, test } from 'vitest'
import { type LoopbackCloud, markPrefix, ownProject, startLoopbackCloud } from './testing/loopback-cloud.ts'

const mark = `${markPrefix}p1`
const first: Attempt = { since: null, handle: null }
const quota = { vcpus: 8, memoryMib: 16_384, servers: 4, volumeGib: 100, volumes: 5, addresses: 2 }

/** Keystone's projects, their quotas, and the default groups that Neutron keeps for them. */
function serveProjects(cloud: LoopbackCloud) {
  const projects: { id: string; name: string; tags: unknown; description: unknown }[] = []
  const groups = new Set<string>()
  const taken = { status: 409, json: { error: { code: 409, message: 'Conflict occurred: Duplicate entry' } } }
  const byPath = (path: string) => projects.find((it) => path.endsWith(it.id))
  cloud.on('GET', /^\/identity\/v3\/projects$/, ({ query }) => {
    const wanted = query.get('tags')
    return { json: { projects: projects.filter((it) => wanted !== null && String(it.tags) === wanted) } }
  })
  cloud.on('GET', /^\/identity\/v3\/projects\/pr-\d$/, ({ path }) => {
    const project = byPath(path)
    return project === undefined ? { status: 404 } : { json: { project } }
  })
  cloud.on('POST', /^\/identity\/v3\/projects$/, ({ at }) => {
    const name = String(at('project', 'name'))
    if (projects.some((it) => it.name === name)) return taken
    const description = at('project', 'description')
    const project = { id: `pr-${projects.length + 1}`, name, tags: at('project', 'tags'), description }
    projects.push(project)
    return { status: 201, json: { project } }
  })
  cloud.on('DELETE', /^\/identity\/v3\/projects\/pr-\d$/, ({ path }) => {
    projects.splice(
      projects.findIndex((it) => path.endsWith(it.id)),
      1,
    )
    return { status: 204 }
  })
  cloud.on('PUT', /roles\/r-member$/, () => ({ status: 204 }))
  for (const path of [/os-quota-sets\/pr-\d$/, /quotas\/pr-\d$/]) {
    cloud.on('PUT', path, () => ({ json: {} }))
    cloud.on('DELETE', path, () => ({ status: 202 }))
  }
  // As Neutron does: looking is enough to make one.
  cloud.on('GET', /\/security-groups$/, ({ query }) => {
    const id = `sg-${query.get('project_id')}`
    groups.add(id)
    return { json: { security_groups: [{ id }] } }
  })
  cloud.on('DELETE', /\/security-groups\/sg-/, ({ path }) => {
    groups.delete(path.split('/').at(-1) ?? '')
    return { status: 204 }
  })
  return { projects, groups }
}

test('a project is made once, with our right to work in it and its quotas in three services', async () => {
  await using cloud = await startLoopbackCloud({ admin: true })
  const { projects } = serveProjects(cloud)
  const driver = cloud.driver()
  const ask = { mark, name: '人口库', quota }
  expect(await driver.projects.ensure(ask, first)).toEqual({ outcome: 'done', value: { projectId: 'pr-1' } })
  // A crash lost everything but the ask; the name is the fence, whatever the attempt says.
  expect(await driver.projects.ensure(ask, first)).toEqual({ outcome: 'done', value: { projectId: 'pr-1' } })
  expect(projects).toEqual([{ id: 'pr-1', name: `人口库-${mark}`, tags: [mark], description: mark }])
  expect(cloud.count('PUT', /\/projects\/pr-1\/users\/u-yiduo\/roles\/r-member$/)).toBe(2)
  const put = (path: RegExp) => cloud.asked.find((it) => it.method === 'PUT' && path.test(it.path))?.body
  expect(put(/compute.*os-quota-sets/)).toEqual({ quota_set: { cores: 8, ram: 16_384, instances: 4, force: true } })
  expect(put(/volume.*os-quota-sets/)).toEqual({ quota_set: { gigabytes: 100, volumes: 5 } })
  expect(put(/network.*quotas/)).toEqual({ quota: { floatingip: 2 } })
})

test('a long name is cut so that the mark still ends it', async () => {
  await using cloud = await startLoopbackCloud({ admin: true })
  const { projects } = serveProjects(cloud)
  await cloud.driver().projects.ensure({ mark, name: '系'.repeat(200), quota: null }, first)
  expect(projects[0]?.name).toHaveLength(64)
  expect(projects[0]?.name.endsWith(`-${mark}`)).toBe(true)
})

test('a project goes with its default group, which Neutron would keep', async () => {
  await using cloud = await startLoopbackCloud({ admin: true })
  const { projects, groups } = serveProjects(cloud)
  const driver = cloud.driver()
  await driver.projects.ensure({ mark, name: 'n', quota: null }, first)
  groups.add('sg-pr-1')
  expect((await driver.projects.remove({ mark, projectId: null }, first)).outcome).toBe('done')
  expect(projects).toEqual([])
  expect([...groups]).toEqual([])
  const last = cloud.asked.findLastIndex((it) => it.method === 'DELETE' && it.path.includes('/projects/'))
  expect(cloud.asked.slice(last).some((it) => it.path.includes('/security-groups/sg-pr-1'))).toBe(true)
  expect((await driver.projects.remove({ mark, projectId: 'pr-1' }, first)).outcome).toBe('done')
  expect([...groups]).toEqual([])
})

test('a project that is not ours is never removed, nor is our own', async () => {
  await using cloud = await startLoopbackCloud({ admin: true })
  const { projects } = serveProjects(cloud)
  projects.push({ id: 'pr-1', name: 'finance', tags: [], description: 'of the treasury' })
  const driver = cloud.driver()
  expect(await driver.projects.remove({ mark, projectId: 'pr-1' }, first)).toMatchObject({ code: 'cloud-conflict' })
  expect((await driver.projects.remove({ mark, projectId: ownProject }, first)).outcome).toBe('done')
  expect(cloud.count('DELETE', /./)).toBe(0)
})

test('without an administrator’s rights everything lives in our own project', async () => {
  await using cloud = await startLoopbackCloud()
  const driver = cloud.driver()
  const made = await driver.projects.ensure({ mark, name: 'n', quota }, first)
  expect(made).toEqual({ outcome: 'done', value: { projectId: ownProject } })
  expect((await driver.projects.remove({ mark, projectId: ownProject }, first)).outcome).toBe('done')
  expect(cloud.asked.filter((it) => it.method !== 'GET').map((it) => it.path)).toEqual(['/identity/v3/auth/tokens'])
})

test('what stood in a project that is gone is gone', async () => {
  await using cloud = await startLoopbackCloud({ admin: true })
  serveProjects(cloud)
  const refused = { status: 401, json: { error: { code: 401, message: 'requires authentication' } } }
  const driver = cloud.driver()
  await driver.projects.ensure({ mark, name: 'n', quota: null }, first)
  cloud.on('POST', /auth\/tokens$/, () => refused)
  const what = (projectId: string) => ({ mark, project: { projectId }, externalId: 'v-1' })
  expect((await driver.volumes.remove(what('pr-9'), first)).outcome).toBe('done')
  // One that stands but lets us in no more is another matter.
  expect(await driver.volumes.remove(what('pr-1'), first)).toMatchObject({
    outcome: 'denied',
    code: 'cloud-permission-missing',
  })
})

test('a project made when the credential managed projects is not called removed when it no longer does', async () => {
  await using cloud = await startLoopbackCloud()
  const driver = cloud.driver()
  expect(await driver.projects.remove({ mark, projectId: 'pr-1' }, first)).toMatchObject({
    outcome: 'denied',
    code: 'cloud-permission-missing',
  })
  expect((await driver.projects.remove({ mark, projectId: null }, first)).outcome).toBe('done')
})

test('a quota lowered below what is in use stops at that in Cinder, which takes no less', async () => {
  await using cloud = await startLoopbackCloud({ admin: true })
  serveProjects(cloud)
  const held = { gigabytes: { in_use: 150, reserved: 10 }, volumes: { in_use: 3, reserved: 0 } }
  const message = 'Quota gigabytes limit must be equal or greater than existing resources.'
  cloud.on('PUT', /volume.*os-quota-sets\/pr-1$/, ({ at }) =>
    Number(at('quota_set', 'gigabytes')) < 160 ? { status: 400, json: { badRequest: { message } } } : { json: {} },
  )
  cloud.on('GET', /volume.*os-quota-sets\/pr-1$/, () => ({ json: { quota_set: { id: 'pr-1', ...held } } }))
  const made = await cloud.driver().projects.ensure({ mark, name: 'n', quota }, first)
  expect(made).toEqual({ outcome: 'done', value: { projectId: 'pr-1' } })
  const put = cloud.asked.findLast((it) => it.method === 'PUT' && /volume.*os-quota-sets/.test(it.path))
  expect(put?.body).toEqual({ quota_set: { gigabytes: 160, volumes: 5 } })
})
