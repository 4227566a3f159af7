import { jsonSchema, type OperationSpec } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { commands } from '../commands/command.ts'
import { readCommandLine } from '../flags/command-line.ts'
import { exampleWords } from './sample.ts'

const noFiles = () => ''

const requiredOf = (schema: OperationSpec['body']): readonly string[] => (schema && jsonSchema(schema).required) ?? []
const isSecret = (schema: OperationSpec['body'], property: string): boolean => {
  const it = schema && jsonSchema(schema).properties?.[property]
  return it?.type === 'string' && it.writeOnly === true
}

test.each(commands.map((it) => [it.operation.name, it] as const))(
  'the example of %s can be typed as it stands and leaves nothing out but secrets',
  (_, it) => {
    const [noun, verb, ...args] = exampleWords(it)
    expect([noun, verb]).toEqual(it.operation.name.split('.'))
    const line = readCommandLine(it, args, noFiles)
    const { params, query, body } = it.operation
    expect(Object.keys(line.params)).toEqual(requiredOf(params))
    expect(Object.keys(line.query)).toEqual(expect.arrayContaining([...requiredOf(query)]))
    const asked = requiredOf(body).filter((property) => isSecret(body, property))
    expect([...Object.keys(line.body), ...asked].toSorted()).toEqual([...requiredOf(body)].toSorted())
  },
)
