import { jsonSchema, type OperationSpec } from '@yiduo/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryPart } from '../../tests/schema-arbitrary.ts'
import { CommandError } from '../command-error.ts'
import { type Command, commands, findCommand } from '../commands/command.ts'
import { readCommandLine } from './command-line.ts'
import { options } from './option.ts'
import { writeCommandLine } from './write-command-line.ts'

const noFiles = (path: string): string => {
  throw new Error(`nothing reads ${path}`)
}

const part = (schema: OperationSpec['body']) => arbitraryPart(schema && jsonSchema(schema))

const command = (noun: string, verb: string): Command => {
  const found = findCommand(noun, verb)
  if (!found) throw new Error(`no ${noun} ${verb}`)
  return found
}

const bodyOf = (noun: string, verb: string, args: readonly string[], readFile = noFiles) =>
  readCommandLine(command(noun, verb), args, readFile).body

const refusalOf = (noun: string, verb: string, args: readonly string[]) => {
  try {
    readCommandLine(command(noun, verb), args, noFiles)
  } catch (error) {
    return error instanceof CommandError ? [error.reason, error.key] : error
  }
  return null
}

const org = 'org_01ja8kz5v0e8y9m2n4p6q8r0st'

describe('whatever an operation can be told can be said in flags, and means the same again', () => {
  test.each(commands.map((it) => [it.operation.name, it] as const))('%s', (_, it) => {
    const { params, query, body } = it.operation
    fc.assert(
      fc.property(part(params), part(query), part(body), (params, query, body) => {
        const line = readCommandLine(it, writeCommandLine(it, { params, query, body }), noFiles)
        expect({ params: line.params, query: line.query, body: line.body }).toEqual({ params, query, body })
      }),
      { numRuns: 60 },
    )
  })
})

test('no flag means two things', () => {
  for (const it of commands) {
    const own = [...it.query, ...it.body].flatMap(({ spellings }) => spellings.map(({ name }) => name))
    const all = [...own, ...own.map((name) => `no-${name}`), ...options.map(({ name }) => name)]
    expect([it.operation.name, all.filter((name, at) => all.indexOf(name) !== at)]).toEqual([it.operation.name, []])
  }
})

test('a line may be compact or JSON, and again and again', () => {
  const line = 'plan=general-2c4g,name=web-1,quantity=2,data-volume-gib=20,public-address'
  const first = { planId: 'general-2c4g', name: 'web-1', quantity: 2, dataVolumeGib: 20, publicAddress: true }
  const second = { planId: 'p', name: 'a,b' }
  const args = [
    '--system',
    '城市运行',
    '--line',
    line,
    '--line',
    JSON.stringify(second),
    '--line',
    'plan-id=p,name="a,b"',
  ]
  expect(bodyOf('request', 'create', args)).toEqual({ systemId: '城市运行', lines: [first, second, second] })
})

test('settings are typed as JSON is where they are JSON; secrets are always text', () => {
  const args = [
    '--setting',
    'insecure=true',
    '--setting',
    'region=001',
    '--setting',
    'dns=["1.1.1.1"]',
    '--credential',
    'password=true,12',
  ]
  expect(bodyOf('platform', 'add', args)).toEqual({
    settings: { insecure: true, region: '001', dns: ['1.1.1.1'] },
    credential: { password: 'true,12' },
  })
})

test('money is given in yuan, or exactly as the contract counts it', () => {
  const priced = (...args: string[]) => bodyOf('price', 'set', args).monthlyPriceYuanE4
  expect(priced('--monthly-price-yuan', '45')).toBe(450_000)
  expect(priced('--monthly-price-yuan', '0.0001')).toBe(1)
  expect(priced('--monthly-price-yuan-e4', '450000')).toBe(450_000)
  expect(priced('--monthly-price-yuan', 'none')).toBeNull()
  expect(refusalOf('price', 'set', ['--monthly-price-yuan', '0.00001'])).toEqual(['usage', 'value-wrong'])
})

test('a body may come from a file, with flags over it', () => {
  const body = bodyOf(
    'system',
    'create',
    ['--body', '@ask.json', '--name', 'B'],
    () => '{"name":"A","securityGrade":2}',
  )
  expect(body).toEqual({ name: 'B', securityGrade: 2 })
})

test.each([
  ['flag-unknown', 'organisation', 'list', ['--nmae', 'x']],
  ['value-missing', 'organisation', 'list', ['--actor']],
  ['value-missing', 'organisation', 'list', ['--parent', '--limit', '3']],
  ['value-wrong', 'organisation', 'list', ['--actor', 'king']],
  ['value-wrong', 'organisation', 'list', ['--limit', 'many']],
  ['given-twice', 'organisation', 'list', ['--limit', '1', '--limit', '2']],
  ['given-twice', 'organisation', 'list', ['--parent', 'a', '--parent-id', 'b']],
  ['given-twice', 'organisation', 'list', ['--json', '--json']],
  ['position-missing', 'organisation', 'get', []],
  ['position-unexpected', 'organisation', 'get', [org, 'more']],
  ['compact-wrong', 'request', 'create', ['--line', 'plan=a,,name=b']],
  ['compact-wrong', 'request', 'create', ['--line', 'name="a']],
  ['key-unknown', 'request', 'create', ['--line', 'plan=a,colour=red']],
  ['value-missing', 'request', 'create', ['--line', 'plan']],
  ['entry-wrong', 'platform', 'add', ['--setting', 'region']],
  ['json-wrong', 'request', 'create', ['--body', '[1]']],
  ['value-unexpected', 'organisation', 'create', ['--no-consolidates=true']],
  // A flag of the CLI that does not fit the operation is unknown to it.
  ['flag-unknown', 'organisation', 'get', [org, '--all']],
] as const)('%s: %s %s %j', (key, noun, verb, args) => {
  expect(refusalOf(noun, verb, args)).toEqual(['usage', key])
})
