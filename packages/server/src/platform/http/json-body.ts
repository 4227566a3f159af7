import { fault } from '@yiduo/contract'
import { FaultError } from '../../kernel/refusal.ts'

/** More than any shape of the contract; what goes deeper is made to exhaust whoever walks through it. */
const deepest = 32

/** Counted before it is parsed, along the text: a body of a megabyte may open half a million lists. */
const refuseDeep = (text: string): void => {
  let depth = 0
  let inText = false
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (inText) {
      if (character === 0x5c)
        at += 1 // a backslash: what follows ends no text
      else if (character === 0x22) inText = false
    } else if (character === 0x22) inText = true
    else if (character === 0x7b || character === 0x5b) {
      depth += 1
      if (depth > deepest) throw new FaultError(fault('body-too-deep', { limit: deepest }))
    } else if (character === 0x7d || character === 0x5d) depth -= 1
  }
}

/** JSON means nothing by it; whoever sends it means an object's prototype. */
const namesPrototype = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (Object.hasOwn(value, '__proto__') || Object.values(value).some((inner) => namesPrototype(inner)))

/** @throws SyntaxError, or FaultError where it is nested too deep */
export const parseJson = (text: string): unknown => {
  refuseDeep(text)
  const value: unknown = JSON.parse(text)
  if (namesPrototype(value)) throw new SyntaxError('a member named __proto__')
  return value
}
