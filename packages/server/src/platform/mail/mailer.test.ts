import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type MailServer, startMailServer } from '../../../tests/world/mail-server.ts'
import { createMailer } from './mailer.ts'

let server: MailServer
beforeAll(async () => {
  server = await startMailServer()
})
beforeEach(() => server.behave('takes'))
afterAll(() => server[Symbol.asyncDispose]())

const mail = {
  messageId: 'one@yiduo.test',
  to: 'somebody@example.org',
  subject: '通知',
  text: '低保核对系统的申请单等待审批。',
  date: new Date('2026-03-01T00:00:00Z'),
}
const mailerAt = (port: number) => createMailer({ url: `smtp://127.0.0.1:${port}`, from: '一朵 <yiduo@yiduo.test>' })

test('a mail arrives whole, under the id it was given', async () => {
  expect(await mailerAt(server.port).send(mail)).toEqual({ kind: 'delivered' })
  expect(server.arrived.at(-1)).toEqual({
    to: mail.to,
    messageId: '<one@yiduo.test>',
    content: expect.stringContaining(mail.text),
  })
  expect(mailerAt(1).domain).toBe('yiduo.test')
})

test('who is not known there is refused for good, in the server’s words', async () => {
  server.behave('refuses')
  expect(await mailerAt(server.port).send(mail)).toEqual({
    kind: 'refused',
    isFinal: true,
    problem: expect.stringContaining('no such user'),
  })
})

test('a server that is not there has certainly got nothing', async () => {
  const gone = await startMailServer()
  await gone[Symbol.asyncDispose]()
  expect(await mailerAt(gone.port).send(mail)).toMatchObject({ kind: 'unreachable' })
})

test('a server that hangs up after it got everything may have taken it', async () => {
  server.behave('hangs-up')
  expect(await mailerAt(server.port).send(mail)).toMatchObject({ kind: 'unclear' })
})
