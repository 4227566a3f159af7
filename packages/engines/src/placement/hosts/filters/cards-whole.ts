import type { HostFilter } from './filter.ts'

/** Enough is left, but in pieces: no piece of a card serves a request that needs a larger one. */
export const cardsWhole: HostFilter = {
  name: 'cards-whole',
  code: 'cards-cut-up',
  admits: (fleet, host, shape) => {
    let wanted = shape.cardCount
    const end = fleet.cardStart[host + 1] ?? 0
    for (let card = fleet.cardStart[host] ?? 0; card < end && wanted > 0; card++)
      if ((fleet.cardMilliFree[card] ?? 0) >= shape.cardMilli) wanted--
    return wanted === 0
  },
}
