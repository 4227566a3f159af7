import type { Shape } from '../shape.ts'
import type { notices as zhCn } from '../zh-cn/notices.ts'

export const notices: Shape<typeof zhCn> = {
  empty: 'No notices',
  read: 'Mark as read',
  readAll: 'Mark all as read',
  onlyUnread: 'Unread only',
  preferences: 'How they come',
  noMail: 'This installation sends no mail; notices are shown here only',
  mail: 'By mail too',
  email: 'Mail address',
  quietFrom: 'Quiet from',
  quietUntil: 'Quiet until',
  language: 'Language of mails',
  chinese: 'Chinese',
  english: 'English',
}
