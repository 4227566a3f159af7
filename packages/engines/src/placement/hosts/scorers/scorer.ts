import type { Fleet } from '../fleet.ts'
import type { Shape } from '../shape.ts'

/**
 * What it costs to put a shape on a host, told in thousandths of a card, so that aims can be weighed against each
 * other. Below zero is a gain. Pure in what is free on the host; less is better.
 */
export interface HostScorer {
  readonly name: string
  readonly weight: number
  bind(fleet: Fleet): BoundScorer
}

export interface BoundScorer {
  /** What is free on the host has changed. */
  changed(host: number): void
  /** `card` is the one that a share is cut from, an index into the fleet's cards; -1 where none is cut. */
  cost(host: number, shape: Shape, card: number): number
}
