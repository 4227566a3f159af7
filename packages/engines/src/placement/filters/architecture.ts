import { admitted, type Filter, rejected } from '../model.ts'

/** Images and binaries of one chip do not start on another (一云多芯). */
export const architecture: Filter = {
  name: 'architecture',
  admits: (pool, ask) =>
    pool.architecture === ask.architecture
      ? admitted
      : rejected('architecture-differs', { pool: pool.architecture, asked: ask.architecture }),
}
