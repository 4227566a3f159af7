/** Parts of the navigation, in the order of a day's work. */
export const groups = ['work', 'cloud', 'money', 'province', 'oversight', 'settings'] as const
export type Group = (typeof groups)[number]
