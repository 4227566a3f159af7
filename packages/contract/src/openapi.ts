import { eventStream } from './event.ts'
import { type FaultCode, faultStatus } from './fault.ts'
import { uploadMediaType } from './file.ts'
import { impliedFaults, methodOf, pathOf } from './implied-faults.ts'
import { type JsonSchema, jsonSchema } from './json-schema.ts'
import type { OperationSpec } from './operation.ts'
import { Problem, problemMediaType } from './problem.ts'

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
type Node = { readonly [key: string]: Json }

/** Schemas with an `$id`, met on the way; each becomes one component. */
type Components = Map<string, Json>

const reference = (name: string): Node => ({ $ref: `#/components/schemas/${name}` })

/** A schema as OpenAPI writes it: whatever bears an `$id` is moved to the components and referred to. */
const written = (value: unknown, components: Components): Json => {
  if (Array.isArray(value)) return value.map((it) => written(it, components))
  // Schemas are JSON but for their `~` marks, which are not enumerable.
  if (typeof value !== 'object' || value === null) return value as Json
  const { $id, ...rest } = value as JsonSchema
  const node = Object.fromEntries(Object.entries(rest).map(([key, it]) => [key, written(it, components)]))
  if ($id === undefined) return node
  const known = components.get($id)
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(node))
    throw new Error(`Two different schemas call themselves ${$id}`)
  components.set($id, node)
  return reference($id)
}

const header = (name: string, description: string): Node => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string', maxLength: 200 },
})

const sharedParameters = {
  IdempotencyKey: header('Idempotency-Key', 'A fresh one for each act; the same one again repeats nothing'),
  IfMatch: header('If-Match', 'The revision that was read; refused when somebody changed it meanwhile'),
  LastEventId: header('Last-Event-ID', 'Go on behind this event'),
} satisfies Record<string, Node>

const sharedParameter = (name: keyof typeof sharedParameters): Node => ({ $ref: `#/components/parameters/${name}` })

const headersOf = (operation: OperationSpec): readonly Node[] => {
  const method = methodOf(operation)
  if (method === 'POST') return [sharedParameter('IdempotencyKey')]
  if (method === 'PUT' || method === 'PATCH') return [sharedParameter('IfMatch')]
  return operation.name === eventStream.name ? [sharedParameter('LastEventId')] : []
}

const parametersOf = (operation: OperationSpec, components: Components): readonly Node[] => {
  const inPlace = (place: 'path' | 'query', of: OperationSpec['params']): readonly Node[] => {
    const schema = of ? jsonSchema(of) : {}
    return Object.entries(schema.properties ?? {}).map(([name, it]) => ({
      name,
      in: place,
      required: schema.required?.includes(name) ?? false,
      schema: written(it, components),
    }))
  }
  return [...inPlace('path', operation.params), ...inPlace('query', operation.query), ...headersOf(operation)]
}

const requestBodyOf = (operation: OperationSpec, components: Components): Node => {
  if (operation.upload)
    return {
      requestBody: { required: true, content: { [uploadMediaType]: { schema: { type: 'string', format: 'binary' } } } },
    }
  if (!operation.body) return {}
  const required = (jsonSchema(operation.body).required?.length ?? 0) > 0
  return { requestBody: { required, content: { 'application/json': { schema: written(operation.body, components) } } } }
}

const answerWords: Readonly<Record<string, string>> = {
  200: 'Done',
  201: 'Created',
  202: 'Accepted; the operation tells how it goes',
  204: 'Done; nothing to say',
}

const fileOf = ({ mediaTypes }: NonNullable<OperationSpec['file']>): Node => ({
  description: 'The file',
  content: Object.fromEntries(mediaTypes.map((it) => [it, { schema: { type: 'string', format: 'binary' } }])),
})

const answersOf = (operation: OperationSpec, components: Components): Node => {
  if (operation.file) return { 200: fileOf(operation.file) }
  const mediaType = operation.name === eventStream.name ? 'text/event-stream' : 'application/json'
  return Object.fromEntries(
    Object.entries(operation.answers).map(([status, schema]) => {
      const description = answerWords[status] ?? 'Done'
      if (!schema) return [status, { description }]
      return [status, { description, content: { [mediaType]: { schema: written(schema, components) } } }]
    }),
  )
}

const problemsOf = (operation: OperationSpec): Node => {
  const byStatus = new Map<number, FaultCode[]>()
  for (const code of new Set([...impliedFaults(operation), ...(operation.faults ?? [])]))
    byStatus.set(faultStatus(code), [...(byStatus.get(faultStatus(code)) ?? []), code])
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.join(', '),
        content: {
          [problemMediaType]: {
            schema: { allOf: [reference('Problem'), { properties: { code: { enum: codes } } }] },
          },
        },
      },
    ]),
  )
}

const operationObject = (operation: OperationSpec, components: Components): Node => ({
  operationId: operation.name,
  tags: [operation.name.slice(0, operation.name.indexOf('.'))],
  summary: operation.summary['zh-CN'],
  description: operation.summary.en,
  ...(operation.access === 'public' ? { security: [] } : {}),
  parameters: parametersOf(operation, components),
  ...requestBodyOf(operation, components),
  responses: { ...answersOf(operation, components), ...problemsOf(operation) },
})

const sorted = (components: Components): Node =>
  Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1)))

/**
 * OpenAPI 3.1 (spec.openapis.org/oas/v3.1.1) of an operation table. The same table and version give the same text:
 * the answer is a golden file.
 *
 * @throws Error where two different schemas bear one `$id`.
 */
export const openapi = (operations: readonly OperationSpec[], { version }: { version: string }): Node => {
  const components: Components = new Map()
  written(Problem, components)
  const paths: Record<string, Record<string, Json>> = {}
  for (const operation of operations) {
    const path = paths[pathOf(operation)] ?? {}
    path[methodOf(operation).toLowerCase()] = operationObject(operation, components)
    paths[pathOf(operation)] = path
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Yiduo 一朵',
      version,
      description: 'One open control plane for a province’s government cloud',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ bearer: [] }],
    tags: [...new Set(operations.map(({ name }) => name.slice(0, name.indexOf('.'))))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'Token of `session.create`' } },
      parameters: sharedParameters,
      schemas: sorted(components),
    },
  }
}
