import type { About } from '@yiduo/contract'

export interface Introduction {
  about(): About
  /** The demonstration stands in this database: whoever comes by is shown its people. */
  introduce(demonstration: About['demonstration']): void
}

export const createIntroduction = (version: string): Introduction => {
  let demonstration: About['demonstration'] = null
  return {
    about: () => ({ version, demonstration }),
    introduce: (it) => {
      demonstration = it
    },
  }
}
