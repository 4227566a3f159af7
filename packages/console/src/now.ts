/** The one place that reads the time of the day. */
export const now = (): number => Date.now()
