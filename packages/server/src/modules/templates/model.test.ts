import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefusal } from '../../kernel/refusal.ts'
import { chosenParts, completed, type Part, partsWrong } from './model.ts'

const part = (code: string, over: Partial<Part> = {}): Part => ({
  ...completed({ code, name: code, planId: 'pln' }, 'plan'),
  ...over,
})
const codeOf = (it: unknown): string => (isRefusal(it) ? it.refused.code : '')

test('what is left out of a part is one server, and no other number of them', () => {
  expect(part('web')).toMatchObject({ quantity: 1, minimumQuantity: 1, maximumQuantity: 1, dataVolumeGib: 0 })
  const optional = completed({ code: 'web', name: 'web', planId: 'pln', quantity: 0 }, 'plan')
  expect(optional).toMatchObject({ quantity: 0, minimumQuantity: 0, maximumQuantity: 1 })
})

test.each<[string, Part[], string]>([
  ['one part twice', [part('web'), part('web')], 'template-part-wrong'],
  [
    'fewer than the fewest',
    [part('web', { quantity: 1, minimumQuantity: 2, maximumQuantity: 3 })],
    'template-quantity-wrong',
  ],
  ['nothing that must be', [part('web', { minimumQuantity: 0 })], 'template-part-wrong'],
  ['more than one request holds', [part('web', { quantity: 11, maximumQuantity: 11 })], 'request-too-large'],
])('%s is no template', (_, parts, code) => {
  expect(codeOf(partsWrong(parts, 10))).toBe(code)
})

const parts = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { minLength: 1, maxLength: 5 }).chain((codes) =>
  fc.tuple(
    ...codes.map((code) =>
      fc
        .tuple(fc.nat(9), fc.nat(9), fc.nat(9))
        .map((of) => of.toSorted((a, b) => a - b))
        .map(([minimumQuantity = 0, quantity = 0, maximumQuantity = 0]) =>
          part(code, { minimumQuantity, quantity, maximumQuantity }),
        ),
    ),
  ),
)

test('whatever is chosen is refused, or asks for each part as often as was chosen and within its range', () => {
  const choices = fc.array(fc.record({ code: fc.stringMatching(/^[a-z]{1,2}$/), quantity: fc.nat(12) }), {
    maxLength: 4,
  })
  fc.assert(
    fc.property(parts, choices, (all, others) => {
      // Half of what is chosen is of parts that there are, else hardly anything would be.
      const quantities = others.map((it, index) => ({
        ...it,
        code: all[index % 2 ? index % all.length : -1]?.code ?? it.code,
      }))
      const chosen = chosenParts(all, quantities)
      if (isRefusal(chosen)) return
      for (const it of all) {
        const asked = quantities.find((one) => one.code === it.code)?.quantity ?? it.quantity
        expect(chosen.find(({ code }) => code === it.code)?.quantity ?? 0).toBe(asked)
        expect(asked >= it.minimumQuantity && asked <= it.maximumQuantity).toBe(true)
      }
    }),
    { seed: 20_261_122 },
  )
})
