/** Where a site stands, and what it may fail by together with others. */
export interface Place {
  /** Degrees. */
  readonly longitude: number
  readonly latitude: number
  /** From the widest to the narrowest. */
  readonly powerGrid: string
  readonly riverBasin: string
  readonly seismicBelt: string
}
