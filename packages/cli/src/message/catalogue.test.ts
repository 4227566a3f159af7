import { type JsonSchema, jsonSchema, locales, operations } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { exitCodes } from '../exit-code.ts'
import { catalogues, labelIn, type MessageKey, sayIn } from './catalogue.ts'
import { labels } from './labels.ts'
import { byProperty, wordIn } from './words.ts'

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted()

test('both languages have the same texts with the same parameters', () => {
  const [zh, en] = [catalogues['zh-CN'], catalogues.en]
  expect(Object.keys(en)).toEqual(Object.keys(zh))
  for (const key of Object.keys(zh) as MessageKey[]) {
    expect([key, placeholders(en[key])]).toEqual([key, placeholders(zh[key])])
    expect(zh[key].trim()).not.toBe('')
    expect(en[key].trim()).not.toBe('')
  }
})

test('Chinese texts are Chinese and English ones are not', () => {
  for (const [key, text] of Object.entries(catalogues['zh-CN']))
    if (key !== 'prompt') expect([key, /\p{Script=Han}|，|^：/u.test(text)]).toEqual([key, true])
  for (const [key, text] of Object.entries(catalogues.en))
    if (key !== 'help-intro') expect([key, /\p{Script=Han}/u.test(text)]).toEqual([key, false])
})

function* propertiesOf({ properties = {}, items, anyOf = [] }: JsonSchema): Generator<string> {
  for (const [name, it] of Object.entries(properties)) {
    yield name
    yield* propertiesOf(it)
  }
  if (items) yield* propertiesOf(items)
  for (const it of anyOf) yield* propertiesOf(it)
}

test('every property of the contract has a Chinese name, and none is named for nothing', () => {
  const schemas = operations.flatMap(({ params, query, body, answers }) => [
    params,
    query,
    body,
    ...Object.values(answers),
  ])
  const used = new Set(schemas.flatMap((it) => (it ? [...propertiesOf(jsonSchema(it))] : [])))
  expect([...used].filter((it) => !Object.hasOwn(labels, it))).toEqual([])
  expect(Object.keys(labels).filter((it) => !used.has(it))).toEqual([])
})

function* listsOf(
  property: string,
  { properties = {}, items, anyOf = [], enum: list }: JsonSchema,
): Generator<readonly [string, readonly string[]]> {
  if (list) yield [property, list]
  for (const [name, it] of Object.entries(properties)) yield* listsOf(name, it)
  for (const it of items ? [...anyOf, items] : anyOf) yield* listsOf(property, it)
}

test('every state, step, side, kind and phase that is answered has a Chinese word, and no word is there for nothing', () => {
  const answered = operations.flatMap(({ answers }) => Object.values(answers))
  const lists = answered.flatMap((it) => (it ? [...listsOf('', jsonSchema(it))] : []))
  const used = lists.filter(([property]) => byProperty.has(property))
  const plain = used.flatMap(([property, list]) =>
    list.filter((code) => !/\p{Script=Han}/u.test(wordIn('zh-CN')(property, code, list))),
  )
  expect(plain).toEqual([])
  const codes = new Set(used.map(([property, list]) => `${property} ${list.toSorted()}`))
  // The kinds of offerings are some of the resources'.
  for (const [property, known] of byProperty)
    for (const it of known) expect(codes).toContain(`${property} ${Object.keys(it).toSorted()}`)
})

test('in English a property is named by its own words', () => {
  expect(labelIn('en')('monthlyPriceYuanE4')).toBe('monthly price')
  expect(labelIn('en')('memory-gib')).toBe('memory gib')
  expect(labelIn('zh-CN')('monthlyPriceYuanE4')).toBe('月价')
})

test.each(locales)('every exit code is explained in %s', (locale) => {
  for (const reason of Object.keys(exitCodes) as (keyof typeof exitCodes)[])
    expect(sayIn(locale)(`exit-${reason}`).length).toBeGreaterThan(1)
})
