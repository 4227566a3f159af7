import { readFileSync } from 'node:fs'
import type { Role } from '@yiduo/contract'

export type Permission = 'anybody' | 'self' | 'may' | '-'

const [head = '', ...lines] = readFileSync(new URL('../../../../golden/permissions.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
const [, ...columns] = head.split(/ +/)

const table = new Map(
  lines.map((line) => {
    const [operation = '', ...cells] = line.split(/ +/)
    return [operation, new Map(columns.map((role, index) => [role, cells[index]]))]
  }),
)

/** What the committed table says of an operation and a role; an operation without a line fails whoever asks. */
export const permissionOf = (operation: string, role: Role): Permission => {
  const cell = table.get(operation)?.get(role)
  if (cell !== 'anybody' && cell !== 'self' && cell !== 'may' && cell !== '-')
    throw new Error(`golden/permissions.txt says nothing of ${operation} and ${role}`)
  return cell
}

export const mayBy = (role: Role, operation: string): boolean => permissionOf(operation, role) === 'may'

export const operationsWithPermission = (): string[] => [...table.keys()]
