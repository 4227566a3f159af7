import ts from 'typescript'
import { expect, test } from 'vitest'
import { queriesOf } from './sql.ts'

const queriesIn = (text: string) => queriesOf(ts.createSourceFile('store.ts', text, ts.ScriptTarget.Latest, true))

test('a query is printed under its function, with its placeholders by name and without the indent of the code', () => {
  const text = `
    export const createStore = () => ({
      async lock(tx: Tx, id: string) {
        return tx.one(sql\`
          SELECT * FROM requests
            WHERE id = \${id}
          FOR UPDATE\`)
      },
    })`
  expect(queriesIn(text)).toEqual([{ name: 'lock', sql: 'SELECT * FROM requests\n  WHERE id = :id\nFOR UPDATE' }])
})

test('functions of every form name their queries, and so does a constant outside of them', () => {
  const text = `
    const columns = sql\`a, b\`
    function declared() { return sql\`1\` }
    const arrow = () => sql\`2\`
    const object = { property: () => { const inner = sql\`3\`; return inner } }`
  expect(queriesIn(text).map(({ name }) => name)).toEqual(['columns', 'declared', 'arrow', 'property'])
})

test('a query within a query stands for itself', () => {
  const text = `const list = (state?: string) => sql\`SELECT 1 \${state ? sql\`AND state = \${state}\` : empty}\``
  expect(queriesIn(text)).toEqual([
    { name: 'list', sql: 'SELECT 1 :(state ? sql : empty)' },
    { name: 'list', sql: 'AND state = :state' },
  ])
})

test('templates of other tags are no queries', () => {
  expect(queriesIn(`const a = html\`<b>\${1}</b>\`; const b = \`SELECT 1\``)).toEqual([])
})
