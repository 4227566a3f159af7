import type { Board, BoardLink, BoardNode } from '@yiduo/contract'

export type LinkFinding = BoardLink['findings'][number]

export interface Share {
  readonly used: number
  readonly all: number
}

/** Null where nothing can be sold, or nothing may be seen. */
export const shareOf = ({ used, all }: Share): number | null => (all > 0 ? used / all : null)

/** As the words of the page and its colours tell a share. */
export const toneOfShare = (share: number | null): 'good' | 'warn' | 'bad' | 'none' => {
  if (share === null) return 'none'
  if (share >= 0.9) return 'bad'
  return share >= 0.75 ? 'warn' : 'good'
}

const measures = { cores: 'vcpus', memory: 'memoryMib' } as const

export const shareAt = ({ capacity }: BoardNode, of: keyof typeof measures): Share => ({
  used: capacity?.[measures[of]].promised ?? 0,
  all: capacity?.[measures[of]].sellable ?? 0,
})

export const sumOfNodes = (nodes: readonly BoardNode[], of: keyof typeof measures): Share => {
  const shares = nodes.map((it) => shareAt(it, of))
  return {
    used: shares.reduce((sum, it) => sum + it.used, 0),
    all: shares.reduce((sum, it) => sum + it.all, 0),
  }
}

export const isAway = ({ platforms }: BoardNode): boolean =>
  platforms.some(({ state }) => state === 'unreachable' || state === 'refused')

export const linksOf = ({ links }: Board, { id }: BoardNode): BoardLink[] =>
  links.filter((it) => it.from.nodeId === id || it.to.nodeId === id)

export const isOld = ({ platforms }: BoardNode): boolean => platforms.some(({ isStale }) => isStale)

/** Between two sites of one node. */
export const isInner = ({ from, to }: BoardLink): boolean => from.nodeId === to.nodeId

const fullWidth = /[\u2e80-\uffef]/

/** A name in so many characters of Chinese; letters take little more than half of one. */
export const shortened = (name: string, width: number): string => {
  let taken = 0
  for (const [index, character] of [...name].entries()) {
    taken += fullWidth.test(character) ? 1 : 0.56
    if (taken > width) return `${[...name].slice(0, Math.max(1, index - 1)).join('')}…`
  }
  return name
}

/** What it is called on a map of nodes, where it need not be said that it is one. */
export const placeName = ({ name }: BoardNode): string => shortened(name.replace(/节点$/, '') || name, 7)
