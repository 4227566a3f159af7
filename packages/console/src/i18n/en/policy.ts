import type { Shape } from '../shape.ts'
import type { policy as zhCn } from '../zh-cn/policy.ts'

export const policy: Shape<typeof zhCn> = {
  hint: 'What passwords, sessions and second factors have to be, for everybody; the figures are defaults of the product',
  factors: 'Second factors',
  figures: 'Passwords and sessions',
  secondFactorRoles: 'Roles that need a second factor',
  stepUpMinutes: 'A proof allows what weighs much for (minutes)',
  nobody: 'None',
  notAsked: 'Not asked for',
  never: 'No limit',
  passwordMinimum: 'Characters of a password, at least',
  administratorPasswordMinimum: 'Characters of an administrator’s, at least',
  passwordKinds: 'Kinds of characters (of four)',
  passwordMaxAgeDays: 'A password lasts (days)',
  passwordsRemembered: 'Past passwords that are not taken again',
  failuresToLock: 'Failures in a row that lock an account',
  lockMinutes: 'Locked for (minutes)',
  idleMinutes: 'A session ends without use after (minutes)',
  administratorIdleMinutes: 'An administrator’s after (minutes)',
  sessionHours: 'A session lasts at most (hours)',
  tokenDays: 'A token for programs lasts at most (days)',
}
