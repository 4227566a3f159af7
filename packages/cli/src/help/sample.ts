import type { JsonSchema } from '@yiduo/contract'
import { type Command, isUpload } from '../commands/command.ts'
import { type Field, fieldsOf } from '../flags/field.ts'
import { shellText, writeCommandLine } from '../flags/write-command-line.ts'
import { idPrefixesOf } from '../names/id-prefixes.ts'
import { namedPrefixes } from '../names/lookup.ts'

/** Values that say more than a made-up one would; by property. */
const telling: Readonly<Record<string, unknown>> = {
  login: 'wang.fang',
  divisionCode: '510100',
  driver: 'openstack',
  endpoint: 'https://cloud.example.cn:5000/v3',
  imageNames: ['openEuler 24.03 LTS'],
  credential: { username: 'yiduo', password: '…' },
  validFrom: '2026-12-01T00:00:00+08:00',
  monthlyPriceYuanE4: 450_000,
  securityGrade: 3,
  longitude: 104.06,
  latitude: 30.67,
  vcpus: 2,
  memoryMib: 4096,
  systemDiskGib: 40,
  sizeGib: 200,
  quantity: 2,
  dataVolumeGib: 20,
  publicAddress: true,
  remark: '同意',
  expiresAt: '2027-11-22T00:00:00+08:00',
  operations: ['request.list'],
  response: { id: '…' },
  issuer: 'https://sso.example.cn',
  clientId: 'yiduo',
  scopes: ['profile'],
  parameters: { code: '…', state: '…' },
}

/** What people call things, where the CLI finds the id itself. */
const calling: Readonly<Record<string, string>> = {
  org: '成都市数据局',
  prs: 'wang.fang',
  sys: '城市运行系统',
  nod: 'chengdu',
  dcn: 'chengdu-1',
  plt: 'chengdu-openstack',
  off: 'general',
  pln: 'general-2c4g',
  cmp: 'vcpu',
  srv: 'web-1',
  vol: 'web-1-data',
}

const idSample = (prefixes: readonly string[], schema: JsonSchema): unknown => {
  const [prefix = ''] = prefixes
  const called = namedPrefixes.has(prefix) ? calling[prefix] : undefined
  return called ?? schema.examples?.[0] ?? `${prefix}_01ja8kz5v0e8y9m2n4p6q8r0st`
}

/** A value of the schema; one that a reader learns something from, where there is one. */
const sampleOf = (property: string, schema: JsonSchema): unknown => {
  const prefixes = idPrefixesOf(schema)
  if (prefixes) return idSample(prefixes, schema)
  if (Object.hasOwn(telling, property)) return telling[property]
  const [first] = schema.anyOf ?? []
  if (first?.properties) return sampleOf(property, first)
  if (schema.items) return [sampleOf(property, schema.items)]
  if (schema.properties) return samplesOf(fieldsOf(schema), (optional) => Object.hasOwn(telling, optional))
  if (schema.type === 'boolean') return true
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1
  return schema.examples?.[0] ?? schema.const ?? schema.enum?.[0] ?? `${property.toLowerCase()}-1`
}

const requiredOnly = (): boolean => false

const samplesOf = (fields: readonly Field[], alsoShown: (property: string) => boolean): Record<string, unknown> =>
  Object.fromEntries(
    fields
      .filter(({ required, property }) => required || alsoShown(property))
      // Secrets that are asked for do not belong on a command line.
      .filter(({ shape, schema }) => !(shape === 'scalar' && schema.writeOnly))
      .map(({ property, schema }) => [property, sampleOf(property, schema)]),
  )

/** Words of an example call with all that is required. */
export const exampleWords = (command: Command): readonly string[] => [
  command.noun,
  command.verb,
  ...writeCommandLine(command, {
    params: samplesOf(command.params, requiredOnly),
    query: samplesOf(command.query, requiredOnly),
    body: samplesOf(command.body, requiredOnly),
  }),
  ...(isUpload(command) ? ['测算.pdf'] : []),
]

export const exampleOf = (command: Command): string => `yiduo ${shellText(exampleWords(command))}`
