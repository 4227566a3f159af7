import { admitted, rejected, type TraitFilter } from '../model.ts'

/** A cloud that hides its images gets the benefit of the doubt: the create call will tell. */
export const image: TraitFilter = {
  name: 'image',
  admits: (pool, ask) =>
    pool.imageNames === null || pool.imageNames.has(ask.imageName)
      ? admitted
      : rejected('image-missing', { image: ask.imageName }),
}
