import { faultCodes, faultKind, faultStatus, isFaultCode } from './fault.ts'
import { methodOf, pathOf } from './implied-faults.ts'
import { messages } from './message/catalogue.ts'
import type { OperationSpec } from './operation.ts'
import { operations } from './operations.ts'
import { type Role, roles, rolesAllowed } from './role.ts'

/** What stands at the head of every print, so that nobody edits one by hand. */
const origin = 'Printed from packages/contract/src by `npm run golden`; a change here is a change of the contract.'

const aligned = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Text inside a cell of a Markdown table. */
const cell = (text: string): string => text.replaceAll('|', '\\|')

/** `golden/faults.md`: every fault code with its kind, HTTP status, and both texts in both languages. */
export const printFaults = (): string => {
  const rows = Object.keys(faultCodes)
    .filter(isFaultCode)
    .toSorted()
    .map((code) => {
      const texts = [messages['zh-CN'].faults[code], messages.en.faults[code]].map((parts) => cell(parts.join(' ')))
      return `| \`${code}\` | ${faultKind(code)} | ${faultStatus(code)} | ${texts.join(' | ')} |`
    })
  const head = ['| code | kind | HTTP | zh-CN | en |', '|---|---|---|---|---|']
  return `${[`# Faults`, '', origin, '', ...head, ...rows].join('\n')}\n`
}

/** `golden/routes.txt`: every route below `/api/v1`, its operation, and what it answers when all is well. */
export const printRoutes = (): string => {
  const rows = operations
    .map((spec) => [pathOf(spec), methodOf(spec), spec.name, Object.keys(spec.answers).join(',')])
    .toSorted((a, b) => (a.join(' ') < b.join(' ') ? -1 : 1))
  return `# ${origin}\n\n${aligned(rows)}\n`
}

/** `anybody` needs no session, `self` any: for one's own things. Of the rest a role `may`, or may not. */
const mayCall = (spec: OperationSpec, role: Role): string => {
  if (spec.access === 'public') return 'anybody'
  if (spec.access === 'self') return 'self'
  return rolesAllowed(spec.name).includes(role) ? 'may' : '-'
}

/** `golden/permissions.txt`: each operation and each role. The tests of authority read it, not the table it comes from. */
export const printPermissions = (): string => {
  const rows = operations
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((spec) => [spec.name, ...roles.map((role) => mayCall(spec, role))])
  return `# ${origin}\n\n${aligned([['operation', ...roles], ...rows])}\n`
}
