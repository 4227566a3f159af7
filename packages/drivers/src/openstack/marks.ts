/** Where Nova and Cinder carry the mark in metadata; Neutron and Keystone hold it as the description. */
export const markKey = 'yiduo'

export interface Marks {
  /** The first of what a thing carries that is a mark of this installation, or null. */
  of(...carried: readonly (string | null | undefined)[]): string | null
}

export const createMarks = (prefix: string): Marks => ({
  of: (...carried) => carried.find((it) => it?.startsWith(prefix)) ?? null,
})

type Carrier = {
  readonly tags?: readonly string[] | null
  readonly metadata?: Readonly<Record<string, string>> | null
  readonly description?: string | null
}

/** Everything on a thing that may be a mark. */
export const carriedBy = (thing: Carrier): readonly (string | null | undefined)[] => [
  ...(thing.tags ?? []),
  thing.metadata?.[markKey],
  thing.description,
]
