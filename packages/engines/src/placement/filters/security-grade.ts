import { admitted, rejected, type TraitFilter } from '../model.ts'

/** A platform never carries a system graded above itself (GB/T 22239 cloud extension, C-02). */
export const securityGrade: TraitFilter = {
  name: 'security-grade',
  admits: (pool, ask) =>
    pool.securityGrade >= ask.systemGrade
      ? admitted
      : rejected('grade-too-low', { platform: pool.securityGrade, system: ask.systemGrade }),
}
