import { describe, expect, test } from 'vitest'
import { operations } from './operations.ts'
import { printFaults, printPermissions, printRoutes } from './print.ts'
import { rolePermissions } from './role.ts'

describe('the prints of the contract', () => {
  test('a fault stands there with its status and both languages', () => {
    expect(printFaults()).toContain(
      '| `nothing-to-change` | conflict | 409 | 已符合要求。 无需操作。 | It is already as asked. Nothing needs doing. |\n',
    )
  })

  test('a route stands there with its operation and its answer', () => {
    expect(printRoutes()).toMatch(/^\/requests\/\{requestId\}\/pass-test +POST +request\.pass-test +200$/m)
  })

  test('a permission stands there with its roles, public and own things in words', () => {
    const print = printPermissions()
    expect(print).toMatch(/^operation +authority +operator +department /m)
    expect(print).toMatch(/^volume\.extend +- +- +may( +-){7}$/m)
    expect(print).toMatch(/^session\.create( +anybody){10}$/m)
    expect(print).toMatch(/^session\.delete( +self){10}$/m)
  })
})

describe('the table of operations', () => {
  test('no operation is out of everybody’s reach', () => {
    expect(printPermissions()).not.toMatch(/^\S+( +-)+$/m)
  })

  test('no role may do what does not exist', () => {
    const names = new Set(operations.map(({ name }) => name))
    const unknown = Object.values(rolePermissions).flatMap((some) => some.filter((name) => !names.has(name)))
    expect(unknown).toEqual([])
  })

  test('names and routes are each one operation’s own', () => {
    const names = operations.map(({ name }) => name)
    const routes = operations.map(({ http }) => http.replaceAll(/\{\w+\}/g, '{}'))
    expect(new Set(names).size).toBe(names.length)
    expect(new Set(routes).size).toBe(routes.length)
  })

  test('parameters in a path are those of its schema', () => {
    for (const { name, http, params } of operations) {
      const inPath = [...http.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter)
      expect([name, Object.keys(params?.properties ?? {})]).toEqual([name, inPath])
    }
  })
})
