import { type Static, Type } from 'typebox'
import { operation } from './operation.ts'
import { literals, nullable } from './primitive.ts'

const hour = Type.Integer({ minimum: 0, maximum: 23, description: 'Full hour of the day, Asia/Shanghai' })

/** One address, as RFC 5321 writes it without quoting; nothing that a header could be broken with. */
const MailAddress = Type.String({
  maxLength: 254,
  pattern:
    "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$",
  description: 'a mail address',
})

const asked = {
  email: nullable(MailAddress),
  mail: Type.Boolean({ description: 'Whether notices come by mail too; in the product they always are' }),
  /** No mail from this hour until the other; both null: at any hour. */
  quietFromHour: nullable(hour),
  quietUntilHour: nullable(hour),
  language: literals(['zh-CN', 'en']),
}

export const NoticePreference = Type.Object(
  {
    ...asked,
    mailAvailable: Type.Boolean({ description: 'Whether this installation sends mail at all' }),
    problem: nullable(Type.String({ description: 'Why the newest mail did not arrive, as the mail server says' })),
  },
  { $id: 'NoticePreference' },
)
export type NoticePreference = Static<typeof NoticePreference>

export const noticePreferenceGet = operation({
  name: 'notice-preference.get',
  http: 'GET /notice-preference',
  summary: { 'zh-CN': '查看本人接收通知的方式', en: 'See how one’s notices come' },
  answers: { 200: NoticePreference },
  access: 'self',
})

export const noticePreferenceSet = operation({
  name: 'notice-preference.set',
  http: 'PUT /notice-preference',
  summary: { 'zh-CN': '设置本人接收通知的方式', en: 'Say how one’s notices should come' },
  body: Type.Object(asked),
  answers: { 200: NoticePreference },
  access: 'self',
})
