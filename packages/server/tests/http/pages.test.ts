import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aboutGet, requestList, sessionCreate, sessionGet } from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { password } from '../world/small-province.ts'
import { createWorld, type World } from '../world/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'yiduo-pages-'))
let world: World
beforeAll(async () => {
  world = await createWorld({ environment: { YIDUO_CONSOLE: folder } })
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${world.url}${path}`, { headers })

test('until the console is built its addresses say so, then they are one page, and what is not a page stays absent', async () => {
  const before = await get('/requests')
  expect(before.status).toBe(503)
  expect(await before.text()).toContain('npm run build')

  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>built</title>')
  writeFileSync(join(folder, 'assets', 'main-1a2b.js'), 'export {}')
  writeFileSync(join(folder, 'assets', 'main-1a2b.js.gz'), 'compressed')
  for (const path of ['/', '/requests', '/requests/req_1?tab=lines']) {
    const page = await get(path)
    expect([path, page.status, await page.text()]).toEqual([path, 200, '<!doctype html><title>built</title>'])
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'self'.*frame-ancestors 'none'/)
  }
  const asset = await get('/assets/main-1a2b.js', { 'accept-encoding': 'gzip' })
  expect(asset.headers.get('content-encoding')).toBe('gzip')
  expect(asset.headers.get('cache-control')).toContain('immutable')
  for (const path of ['/api/v1/nothing', '/assets/gone.js', '/docs-of-nobody/../api/v1/nothing']) {
    const absent = await get(path)
    expect([path, absent.status]).toEqual([path, 404])
  }
  expect((await get('/assets/..%2findex.html')).status).not.toBe(200)
})

const logIn = async (headers: Record<string, string> = {}) =>
  fetch(`${world.url}/api/v1${sessionCreate.http.split(' ')[1]}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ login: 'department', password, cookie: true }),
  })

test('a browser’s session is a cookie that no script reads and no other origin uses', async () => {
  const answer = await logIn()
  expect(await answer.json()).not.toHaveProperty('token')
  const set = answer.headers.get('set-cookie') ?? ''
  expect(set).toMatch(/^yiduo-session=yds_[^;]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=/)
  const cookie = set.split(';')[0] ?? ''
  const [, path] = sessionGet.http.split(' ')
  const who = (headers: Record<string, string>) => get(`/api/v1${path}`, { cookie, ...headers })
  expect((await who({})).status).toBe(200)
  expect((await who({ 'sec-fetch-site': 'cross-site' })).status).toBe(401)
  expect((await who({ 'sec-fetch-site': 'same-site' })).status).toBe(401)

  const act = (origin?: string) =>
    fetch(`${world.url}/api/v1/notices/read-all`, {
      method: 'POST',
      headers: { cookie, ...(origin ? { origin } : {}) },
    })
  expect((await act('http://elsewhere.example')).status).toBe(401)
  expect((await act()).status).toBe(401)
  expect((await act(world.url)).status).toBe(200)

  const out = await fetch(`${world.url}/api/v1${path}`, { method: 'DELETE', headers: { cookie, origin: world.url } })
  expect(out.headers.get('set-cookie')).toMatch(/^yiduo-session=; .*Max-Age=0/)
  expect((await who({})).status).toBe(401)
})

test('programs go on with their token, and who asks without either is told nothing but what this is', async () => {
  expect((await world.call('department', requestList, {})).items).toEqual([])
  const about = await get(`/api/v1${aboutGet.http.split(' ')[1]}`)
  expect(await about.json()).toEqual({ version: expect.any(String), demonstration: null })
})
