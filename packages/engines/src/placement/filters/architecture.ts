import { admitted, rejected, type TraitFilter } from '../model.ts'

/** Images and binaries of one chip do not start on another (一云多芯). */
export const architecture: TraitFilter = {
  name: 'architecture',
  admits: (pool, ask) =>
    pool.architecture === ask.architecture
      ? admitted
      : rejected('architecture-differs', { pool: pool.architecture, asked: ask.architecture }),
}
