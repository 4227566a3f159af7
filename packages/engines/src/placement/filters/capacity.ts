import { admitted, type Filter, rejected } from '../model.ts'

/** The whole line must fit. This is advice: the commit checks again, under a lock, and writes the reservation. */
export const capacity: Filter = {
  name: 'capacity',
  admits: (pool, ask) => {
    const vcpus = ask.vcpus * ask.quantity
    if (vcpus > pool.vcpusFree) return rejected('vcpus-short', { free: pool.vcpusFree, asked: vcpus })
    const memoryMib = ask.memoryMib * ask.quantity
    if (memoryMib > pool.memoryMibFree) return rejected('memory-short', { free: pool.memoryMibFree, asked: memoryMib })
    return admitted
  },
}
