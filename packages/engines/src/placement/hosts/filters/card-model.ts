import { admitted, rejected } from '../../model.ts'
import type { ClassFilter } from './filter.ts'

/** A model list is an order: programs are built for some chips and not for others. */
export const cardModel: ClassFilter = {
  name: 'card-model',
  admits: ({ cardModel: model, cards }, { cards: asked }) => {
    if (asked === null) return admitted
    if (model === null) return rejected('cards-none')
    if (asked.models !== null && !asked.models.includes(model)) return rejected('card-model-differs', { host: model })
    return cards >= asked.count ? admitted : rejected('cards-too-few', { host: cards, asked: asked.count })
  },
}
