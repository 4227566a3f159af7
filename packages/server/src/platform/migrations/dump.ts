import { Client } from 'pg'
import * as catalogue from './catalogue-queries.ts'

interface Line {
  readonly owner: string
  readonly line: string
}

interface TableLine extends Line {
  readonly partition: boolean
  readonly unlogged: boolean
}

const schemas = ['public', 'sim']

const heading = `-- The schema after the last migration, as PostgreSQL's catalogue tells it. Generated: see tools/golden.ts.
`

/**
 * The schemas `public` and `sim` as readable SQL: the same for equal schemas, whatever order they were made in.
 * It is for reading and comparing, not for restoring from.
 */
export const dumpSchema = async (url: string): Promise<string> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await dump(async <Row extends Line>(query: string) => (await client.query<Row>(query, [schemas])).rows)
  } finally {
    await client.end()
  }
}

type Read = <Row extends Line>(query: string) => Promise<Row[]>

const dump = async (read: Read): Promise<string> => {
  const blocks = [heading]
  for (const query of [catalogue.extensions, catalogue.types, catalogue.sequences])
    blocks.push(...linesOf(await read(query)))
  blocks.push(...(await dumpTables(read)))
  for (const query of [catalogue.views, catalogue.functions]) blocks.push(...linesOf(await read(query)))
  return blocks.join('\n')
}

const linesOf = (rows: readonly Line[]): string[] => rows.map(({ line }) => `${line}\n`)

const dumpTables = async (read: Read): Promise<string[]> => {
  const tables = await read<TableLine>(catalogue.tables)
  const inside = [byOwner(await read(catalogue.columns)), byOwner(await read(catalogue.constraints))]
  const after: Map<string, string[]>[] = []
  for (const query of [catalogue.indexes, catalogue.triggers, catalogue.comments])
    after.push(byOwner(await read(query)))
  return tables.map((table) => {
    const follows = after.flatMap((lines) => lines.get(table.owner) ?? [])
    if (table.partition) return `${[table.line, ...follows].join('\n')}\n`
    const body = inside.flatMap((lines) => lines.get(table.owner) ?? []).map((line) => `  ${line}`)
    const opening = `create ${table.unlogged ? 'unlogged ' : ''}table ${table.owner} (`
    return `${[opening, body.join(',\n'), table.line, ...follows].join('\n')}\n`
  })
}

const byOwner = (rows: readonly Line[]): Map<string, string[]> => {
  const lines = new Map<string, string[]>()
  for (const { owner, line } of rows) lines.set(owner, [...(lines.get(owner) ?? []), line])
  return lines
}
