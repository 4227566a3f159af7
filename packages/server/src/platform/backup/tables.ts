import type { Client } from 'pg'
import type { Manifest } from './manifest.ts'

/**
 * Never in a backup: who is signed in signs in again, and the migrations are applied, not copied. What is unlogged is
 * scratch by its own declaration.
 */
const leftOut = ['public.sessions', 'public.migrations']

export interface Table {
  readonly schema: string
  readonly name: string
  /** Without those that PostgreSQL computes, and without transaction ids, which mean nothing in another cluster. */
  readonly columns: readonly string[]
}

/** Tables with rows of their own; of a partitioned one the whole, not its parts. */
export const tablesOf = async (client: Client, schemas: readonly string[]): Promise<readonly Table[]> => {
  const { rows } = await client.query<Table>(
    `select n.nspname as schema, c.relname as name,
            array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       and a.attgenerated = '' and a.atttypid <> 'xid8'::regtype
     where n.nspname = any($1) and c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p'
       and format('%s.%s', n.nspname, c.relname) <> all($2)
     group by 1, 2 order by 1, 2`,
    [schemas, leftOut],
  )
  return rows
}

export const sequencesOf = async (client: Client, schemas: readonly string[]): Promise<Manifest['sequences']> => {
  const { rows } = await client.query<{ schema: string; name: string }>(
    'select schemaname as schema, sequencename as name from pg_sequences where schemaname = any($1) order by 1, 2',
    [schemas],
  )
  const sequences: Manifest['sequences'] = []
  for (const { schema, name } of rows) {
    const found = await client.query<{ lastValue: string; isCalled: boolean }>(
      `select last_value::text as "lastValue", is_called as "isCalled" from ${nameOf({ schema, name })}`,
    )
    sequences.push(...found.rows.map((it) => ({ schema, name, ...it })))
  }
  return sequences
}

/** Partitions are named after their month; the default one catches the rest and needs no making. */
export const partitionsOf = async (client: Client): Promise<Manifest['partitions']> => {
  const { rows } = await client.query<Manifest['partitions'][number]>(
    `select p.relname as parent, regexp_replace(c.relname, '^.*_(\\d{4})_(\\d{2})$', '\\1-\\2-01') as month
     from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
     join pg_namespace n on n.oid = p.relnamespace
     where n.nspname = 'public' and p.relkind = 'p' and c.relkind = 'r' and c.relname ~ '_\\d{4}_\\d{2}$' order by 1, 2`,
  )
  return rows
}

interface ForeignKey {
  readonly table: string
  readonly name: string
  readonly definition: string
}

export const foreignKeysOf = async (client: Client, schemas: readonly string[]): Promise<readonly ForeignKey[]> => {
  const { rows } = await client.query<ForeignKey>(
    `select c.conrelid::regclass::text as table, quote_ident(c.conname) as name, pg_get_constraintdef(c.oid) as definition
     from pg_constraint c join pg_namespace n on n.oid = c.connamespace
     where c.contype = 'f' and c.conparentid = 0 and n.nspname = any($1)`,
    [schemas],
  )
  return rows
}

/** Those that keep copies and sums: a backup has what they have kept. */
export const tablesWithTriggers = async (client: Client, schemas: readonly string[]): Promise<readonly string[]> => {
  const { rows } = await client.query<{ table: string }>(
    `select distinct t.tgrelid::regclass::text as table
     from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
     where not t.tgisinternal and n.nspname = any($1)`,
    [schemas],
  )
  return rows.map(({ table }) => table)
}

const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`

export const nameOf = ({ schema, name }: { schema: string; name: string }): string =>
  `${quoted(schema)}.${quoted(name)}`

export const columnsOf = (columns: readonly string[]): string => columns.map(quoted).join(', ')
