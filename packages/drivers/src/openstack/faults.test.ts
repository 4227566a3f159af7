import { expect, test } from 'vitest'
import { refusalOf, retryAfterMs } from './faults.ts'
import type { Method } from './http.ts'

const now = new Date('2026-11-22T08:00:00Z')

interface Case {
  readonly says: string
  readonly method?: Method
  readonly status: number
  readonly text: string
  readonly headers?: Readonly<Record<string, string>>
  readonly expected: object | null
}

const nova = (key: string, message: string) => JSON.stringify({ [key]: { code: 0, message } })
const neutron = (type: string, message: string) => JSON.stringify({ NeutronError: { type, message, detail: '' } })

// Bodies as the services send them; those of Nova, Cinder and Neutron were taken from a Zed.
const cases: readonly Case[] = [
  { says: 'success', status: 202, text: '', expected: null },
  {
    says: "Nova's quota",
    method: 'POST',
    status: 403,
    text: nova('forbidden', 'Quota exceeded for cores: Requested 2000, but already used 0 of 20 cores'),
    expected: {
      outcome: 'exhausted',
      code: 'cloud-quota-exceeded',
      words: '403 Quota exceeded for cores: Requested 2000, but already used 0 of 20 cores',
    },
  },
  {
    says: "Cinder's quota, with a Retry-After that means nothing",
    method: 'POST',
    status: 413,
    headers: { 'retry-after': '0' },
    text: nova('overLimit', 'VolumeSizeExceedsAvailableQuota: Requested volume exceeds allowed gigabytes quota.'),
    expected: { outcome: 'exhausted', code: 'cloud-quota-exceeded' },
  },
  {
    says: "Neutron's quota",
    method: 'POST',
    status: 409,
    text: neutron('OverQuota', "Quota exceeded for resources: ['port']."),
    expected: { outcome: 'exhausted', code: 'cloud-quota-exceeded' },
  },
  {
    says: 'no address left',
    method: 'POST',
    status: 409,
    text: neutron('IpAddressGenerationFailure', 'No more IP addresses available on network 1.'),
    expected: { outcome: 'exhausted', code: 'cloud-capacity-exhausted' },
  },
  {
    says: 'a policy',
    status: 403,
    text: nova('forbidden', "Policy doesn't allow os_compute_api:os-hypervisors:list-detail to be performed."),
    expected: { outcome: 'denied', code: 'cloud-permission-missing' },
  },
  {
    says: 'a rate limit in seconds',
    status: 429,
    headers: { 'retry-after': '7' },
    text: nova('overLimit', 'This request was rate-limited.'),
    expected: { outcome: 'transient', code: 'cloud-rate-limited', retryAfterMs: 7_000 },
  },
  {
    says: 'maintenance with a date',
    status: 503,
    headers: { 'retry-after': 'Sun, 22 Nov 2026 08:00:30 GMT' },
    text: '<html><head><style>p{}</style></head><body><h1>Down</h1><p>for a while</p></body></html>',
    expected: {
      outcome: 'transient',
      code: 'cloud-internal-error',
      retryAfterMs: 30_000,
      words: '503 Down for a while',
    },
  },
  { says: 'a proxy that waited', status: 504, text: '', expected: { outcome: 'transient', code: 'cloud-timeout' } },
  { says: 'absence when reading', status: 404, text: '{}', expected: { outcome: 'absent' } },
  { says: 'absence when deleting', method: 'DELETE', status: 404, text: '', expected: { outcome: 'absent' } },
  {
    says: 'absence of what an act needs',
    method: 'POST',
    status: 404,
    text: nova('itemNotFound', 'Instance 1 could not be found.'),
    expected: { outcome: 'permanent', code: 'cloud-thing-vanished' },
  },
  {
    says: 'a network without a way out',
    method: 'POST',
    status: 404,
    text: neutron('ExternalGatewayForFloatingIPNotFound', 'External network 1 is not reachable from subnet 2.'),
    expected: { outcome: 'permanent', code: 'cloud-no-external-network' },
  },
  {
    says: 'a task that passes',
    method: 'POST',
    status: 409,
    text: nova('conflictingRequest', "Cannot 'resize' instance 1 while it is in task_state resize_prep"),
    expected: { outcome: 'transient', code: 'cloud-conflict' },
  },
  {
    says: 'a state that stays',
    method: 'POST',
    status: 409,
    text: nova('conflictingRequest', "Cannot 'resize' instance 1 while it is in vm_state paused"),
    expected: { outcome: 'permanent', code: 'cloud-conflict' },
  },
  {
    says: 'a refusal',
    method: 'POST',
    status: 400,
    text: nova('badRequest', 'Invalid input.'),
    expected: { outcome: 'permanent', code: 'cloud-request-refused', words: '400 Invalid input.' },
  },
  {
    says: 'a way elsewhere',
    status: 302,
    headers: { location: 'https://portal.example/login' },
    text: '',
    expected: { outcome: 'permanent', code: 'cloud-endpoint-wrong', words: '302 https://portal.example/login' },
  },
]

test.for(cases)('$says', ({ method = 'GET', status, text, headers = {}, expected }) => {
  const refusal = refusalOf(method, { status, text, header: (name) => headers[name] ?? null, quote: () => text }, now)
  if (expected === null) expect(refusal).toBeNull()
  else expect(refusal).toMatchObject(expected)
})

test('an endless text is cut', () => {
  const refusal = refusalOf(
    'GET',
    { status: 500, text: 'x'.repeat(1_000_000), header: () => null, quote: () => '' },
    now,
  )
  expect(refusal).toHaveProperty('words.length', 2_000)
})

test('a date in the past, and words that are no date, make nobody wait', () => {
  expect(retryAfterMs('Sun, 22 Nov 2026 07:00:00 GMT', now)).toBe(0)
  expect(retryAfterMs('soon', now)).toBeNull()
  expect(retryAfterMs(null, now)).toBeNull()
})

test.for(['3600', '99999999999999999999', 'Mon, 23 Nov 2026 08:00:00 GMT'])(
  'a cloud that asks to wait for "%s" is asked again after a minute',
  (asked) => expect(retryAfterMs(asked, now)).toBe(60_000),
)
