import { createHash, randomBytes } from 'node:crypto'
import { request } from 'node:http'
import {
  attachmentGet,
  attachmentList,
  attachmentRemove,
  auditList,
  requestAttach,
  requestDiscard,
  requestGet,
  requestReturn,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { draft, problemOf, submit } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { rowsOf } from '../world/statements.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ ruleVcpus: 0, environment: { YIDUO_ATTACHMENT_MIB: '2', YIDUO_ATTACHMENTS_MIB: '3' } })
  await connectTestCloud(world)
  const { department, province } = world.province
  await addPerson(world.yiduo, 'colleague', { role: 'department', at: department, reach: 'own' })
  await addPerson(world.yiduo, 'auditor', { role: 'auditor', at: province, reach: 'subtree' })
})
afterAll(() => world[Symbol.asyncDispose]())

const mib = 1_048_576
const pdf = (sizeBytes: number): Buffer => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(sizeBytes - 9)])
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
/** A zip with one stored entry of that name, and nothing in it. */
const zip = (name: string): Buffer => {
  const local = Buffer.alloc(30)
  local.write('PK\x03\x04', 'latin1')
  local.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.write('PK\x01\x02', 'latin1')
  central.writeUInt16LE(name.length, 28)
  return Buffer.concat([local, Buffer.from(name), central, Buffer.from(name)])
}
const attach = (requestId: string, name: string, bytes: Buffer, login = 'department') =>
  world.call(login, requestAttach, {
    params: { requestId },
    query: { name },
    content: new Blob([new Uint8Array(bytes)]),
  })
const names = async (requestId: string, login = 'department') =>
  (await world.call(login, attachmentList, { params: { requestId } })).items.map((it) => it.name)
const stored = async () => {
  const [row] = await rowsOf<{ files: number; chunks: number }>(
    world.databaseUrl,
    `select (select count(*)::int from attachments) as files, (select count(*)::int from attachment_chunks) as chunks`,
  )
  return row
}

test('a file comes back byte for byte, as a file to be kept and never to be shown, and is in the audit', async () => {
  const { id } = await draft(world)
  const bytes = pdf(1.4 * mib)
  const made = await attach(id, 'C:\\办公\\容量测算\u202e.pdf', bytes)
  expect(made).toMatchObject({
    requestId: id,
    name: '容量测算.pdf',
    mediaType: 'application/pdf',
    sizeBytes: bytes.length,
    sha256: sha256(bytes),
    addedBy: 'department',
  })
  const file = await world.call('operator', attachmentGet, { params: { attachmentId: made.id } })
  expect(file).toMatchObject({ name: '容量测算.pdf', mediaType: 'application/pdf' })
  const came = Buffer.from(await new Response(file.content).arrayBuffer())
  expect(sha256(came)).toBe(made.sha256)
  const raw = await fetch(`${world.url}/api/v1/attachments/${made.id}`, {
    headers: { authorization: `Bearer ${await world.tokenOf('department')}` },
  })
  await raw.body?.cancel()
  expect(raw.headers.get('x-content-type-options')).toBe('nosniff')
  expect(raw.headers.get('content-disposition')).toMatch(/^attachment; /)
  const audit = (await world.call('auditor', auditList, {})).items.find((it) => it.operation === 'request.attach')
  expect(audit).toMatchObject({ after: { name: '容量测算.pdf', sha256: made.sha256 } })
})

test.each([
  ['a program under a document’s name', '批复.pdf', Buffer.from('MZ\x90\0\x03\0\0')],
  ['a page', '说明.html', Buffer.from('<script>')],
  ['a zip that is no document', '说明.docx', zip('run.exe')],
  ['text with what no text has', '说明.txt', Buffer.from('a\0b')],
  ['a name without an end', '说明', Buffer.from('a')],
  ['an end without a name', '.pdf/..', Buffer.from('%PDF-1.7')],
])('%s is refused, and nothing of it stays', async (_, name, bytes) => {
  const { id } = await draft(world)
  const before = await stored()
  const problem = await problemOf(attach(id, name, bytes))
  expect(problem).toMatchObject({ status: 400, code: 'attachment-kind-refused' })
  expect(problem.next).toContain('pdf')
  expect(await stored()).toEqual(before)
})

test.each([
  ['测算.docx', zip('word/document.xml')],
  ['测算.xlsx', zip('xl/workbook.xml')],
  ['公文.ofd', zip('OFD.xml')],
  ['说明.txt', Buffer.from('第一行\r\n第二行')],
  ['旧文.doc', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
])('%s is what it says it is, and is taken', async (name, bytes) => {
  const { id } = await draft(world)
  expect(await attach(id, name, bytes)).toMatchObject({ name, sizeBytes: bytes.length })
})

test('what is too large is refused before it comes, and files of one request have room for so much together', async () => {
  const { id } = await draft(world)
  expect(await problemOf(attach(id, '大.pdf', pdf(2 * mib + 1)))).toMatchObject({
    status: 400,
    code: 'attachment-too-large',
    detail: expect.stringContaining('2 MiB'),
  })
  await attach(id, '一.pdf', pdf(2 * mib))
  // Two at once, with room for one.
  const both = await Promise.allSettled([attach(id, '二.pdf', pdf(mib)), attach(id, '三.pdf', pdf(mib))])
  expect(both.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await problemOf(attach(id, '四.txt', Buffer.from('a')))).toMatchObject({
    status: 422,
    code: 'attachments-full',
  })
  expect(await problemOf(attach(id, '空.txt', Buffer.alloc(0)))).toMatchObject({ code: 'attachment-empty' })
  expect(await names(id)).toHaveLength(2)
})

test('others neither see nor attach nor remove, and of those who may only who attached removes', async () => {
  const { id } = await draft(world)
  const mine = await attach(id, '甲.txt', Buffer.from('a'))
  await attach(id, '乙.txt', Buffer.from('b'), 'colleague')
  const params = { attachmentId: mine.id }
  const foreign = [
    attach(id, '丙.txt', Buffer.from('c'), 'other'),
    names(id, 'other'),
    world.call('other', attachmentGet, { params }),
    world.call('other', attachmentRemove, { params }),
  ]
  for (const problem of await Promise.all(foreign.map(problemOf))) expect(problem).toMatchObject({ status: 404 })
  expect(await names(id, 'operator')).toEqual(['甲.txt', '乙.txt'])
  expect(await problemOf(world.call('colleague', attachmentRemove, { params }))).toMatchObject({
    status: 403,
    code: 'attachment-of-another',
  })
  await world.call('department', attachmentRemove, { params })
  expect(await names(id)).toEqual(['乙.txt'])
})

test('files come while it waits and when it was returned, and none comes or goes once it is over', async () => {
  const { id } = await draft(world)
  await submit(world, id)
  expect(await world.call('department', requestGet, { params: { requestId: id } })).toMatchObject({
    state: 'submitted',
  })
  const approver = await attach(id, '批文.txt', Buffer.from('同意'), 'operator')
  await world.call('operator', requestReturn, { params: { requestId: id }, body: { remark: '请补充测算' } })
  await attach(id, '测算.txt', Buffer.from('四台'))
  await world.call('department', requestDiscard, { params: { requestId: id }, body: {} })
  const late = [
    attach(id, '迟.txt', Buffer.from('c')),
    world.call('operator', attachmentRemove, { params: { attachmentId: approver.id } }),
  ]
  for (const problem of await Promise.all(late.map(problemOf)))
    expect(problem).toMatchObject({ status: 409, code: 'step-not-allowed' })
  expect(await names(id)).toEqual(['批文.txt', '测算.txt'])
})

test('a file that is cut off on its way leaves nothing, and is never seen', async () => {
  const { id } = await draft(world)
  const before = await stored()
  const token = await world.tokenOf('department')
  const half = request(`${world.url}/api/v1/requests/${id}/attachments?name=half.pdf`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/octet-stream',
      'content-length': String(mib),
    },
  })
  half.on('error', () => undefined) // it is this side that breaks it off
  half.write(pdf(mib / 2))
  await world.until(async () => ((await stored())?.chunks ?? 0) > (before?.chunks ?? 0))
  expect(await names(id)).toEqual([])
  half.destroy()
  const arriving = `select count(*)::int as count from attachments where sha256 is null`
  await world.until(async () => (await rowsOf<{ count: number }>(world.databaseUrl, arriving))[0]?.count === 0)
  expect(await names(id)).toEqual([])
})
