import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { faultStatus } from './fault.ts'
import { impliedFaults, methodOf, pathOf } from './implied-faults.ts'
import { jsonSchema } from './json-schema.ts'
import { openapi } from './openapi.ts'
import type { OperationSpec } from './operation.ts'
import { operations } from './operations.ts'

/** As any reader of the file meets it. */
const document = JSON.parse(JSON.stringify(openapi(operations, { version: '1.2.3' })))

const objectOf = (operation: OperationSpec) => document.paths[pathOf(operation)][methodOf(operation).toLowerCase()]

const everyNode = function* (value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield value as Record<string, unknown> // the document is JSON
  for (const it of Object.values(value)) yield* everyNode(it)
}

const resolve = (pointer: string): unknown =>
  pointer
    .replace(/^#\//, '')
    .split('/')
    .reduce((at, key) => at?.[key], document)

test('every reference leads somewhere, and no schema still bears an $id', () => {
  const nodes = [...everyNode(document)]
  const references = nodes.flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []))
  expect(references.length).toBeGreaterThan(100)
  expect(references.filter((it) => resolve(it) === undefined)).toEqual([])
  expect(nodes.filter((it) => '$id' in it)).toEqual([])
})

test('no component is defined for nobody', () => {
  const text = JSON.stringify(document)
  const unused = Object.keys(document.components.schemas).filter(
    (name) => !text.includes(`"#/components/schemas/${name}"`),
  )
  expect(unused).toEqual([])
})

test('the same table gives the same text, whatever was generated before', () => {
  expect(JSON.stringify(openapi(operations, { version: '1.2.3' }))).toBe(JSON.stringify(document))
})

test('two schemas under one name are refused rather than one of them lost', () => {
  const [first] = operations.filter(({ name }) => name === 'organisation.get')
  const impostor = {
    ...first,
    name: 'other.get',
    http: 'GET /other',
    answers: { 200: { $id: 'Organisation' } },
  } as const
  expect(() => openapi([...operations, impostor as OperationSpec], { version: '1' })).toThrow('Organisation')
})

test.each(operations.map((it) => [it.name, it] as const))('%s is described whole', (name, operation) => {
  const described = objectOf(operation)
  expect(described.operationId).toBe(name)
  expect(described.tags).toEqual([name.split('.')[0]])
  expect([described.summary, described.description]).toEqual([operation.summary['zh-CN'], operation.summary.en])

  const inPath = described.parameters.filter((it: { in?: string }) => it.in === 'path')
  const named = [...pathOf(operation).matchAll(/\{(\w+)\}/g)].map(([, it]) => it)
  expect(inPath.map((it: { name: string }) => it.name)).toEqual(named)
  expect(inPath.every((it: { required: boolean }) => it.required)).toBe(true)

  const headers = described.parameters.flatMap(({ $ref }: { $ref?: string }) => ($ref ? [$ref.split('/').at(-1)] : []))
  const expected = { POST: ['IdempotencyKey'], PUT: ['IfMatch'], PATCH: ['IfMatch'] }[methodOf(operation)]
  expect(headers).toEqual(expected ?? (name === 'event.stream' ? ['LastEventId'] : []))

  const faults = [...impliedFaults(operation), ...(operation.faults ?? [])]
  const statuses = new Set([...Object.keys(operation.answers), ...faults.map((it) => String(faultStatus(it)))])
  expect(Object.keys(described.responses).toSorted()).toEqual([...statuses].toSorted())
  expect(described.security).toEqual(operation.access === 'public' ? [] : undefined)
})

test('a body that may be left out is not required, one that may not is', () => {
  for (const operation of operations.filter(({ body }) => body)) {
    const required = (operation.body && jsonSchema(operation.body).required) ?? []
    expect([operation.name, objectOf(operation).requestBody.required]).toEqual([operation.name, required.length > 0])
  }
})

test('every problem names its codes', () => {
  const problem = objectOf(operations.find(({ name }) => name === 'person.create') as OperationSpec).responses['409']
  const [, narrowed] = problem.content['application/problem+json'].schema.allOf
  expect(narrowed.properties.code.enum).toContain('login-taken')
})

test('the document is valid OpenAPI 3.1', async () => {
  const validated = await new Validator().validate(structuredClone(openapi(operations, { version: '1.0.0' })))
  expect(validated.errors ?? []).toEqual([])
  expect(validated.valid).toBe(true)
})
