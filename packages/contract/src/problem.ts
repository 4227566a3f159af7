import { type Static, Type } from 'typebox'

/** RFC 9457, with a stable `code` and what to do next; answered as `application/problem+json`. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'URI of the kind of problem' }),
    title: Type.String({ description: 'In short, in the caller’s language' }),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    code: Type.String({ description: 'Stable; one of the codes of `golden/faults.md`' }),
    detail: Type.String({ description: 'What went wrong, in the caller’s language' }),
    next: Type.String({ description: 'What to do now' }),
    trace: Type.String({ description: 'Finds this call in logs and audit' }),
    instance: Type.Optional(Type.String()),
    words: Type.Optional(Type.String({ description: 'What a cloud itself said; never translated' })),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({ description: 'JSON pointer into what was sent' }),
          detail: Type.String(),
        }),
      ),
    ),
  },
  { $id: 'Problem' },
)
export type Problem = Static<typeof Problem>

export const problemMediaType = 'application/problem+json'
