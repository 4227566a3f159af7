import type { HostFilter } from './filter.ts'

export const cardsFree: HostFilter = {
  name: 'cards-free',
  code: 'cards-short',
  admits: (fleet, host, shape) => (fleet.cardsMilliFree[host] ?? 0) >= shape.cardCount * shape.cardMilli,
}
