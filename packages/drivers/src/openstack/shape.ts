import { type Static, type TSchema, Type } from 'typebox'
import { Compile } from 'typebox/compile'

/** What we expect of an answer: only the fields we read, so that a newer cloud with more of them still fits. */
export interface Shape<T> {
  fits(value: unknown): value is T
}

export function shape<S extends TSchema>(schema: S): Shape<Static<S>> {
  const check = Compile(schema)
  return { fits: (value): value is Static<S> => check.Check(value) }
}

/** A field that policy, version or plug-in may leave out or leave empty. */
export const maybe = <S extends TSchema>(schema: S) => Type.Optional(Type.Union([schema, Type.Null()]))
