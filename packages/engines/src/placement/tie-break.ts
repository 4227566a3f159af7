/**
 * 32-bit FNV-1a over the UTF-16 units of seed and pool, with a last mix so that ids that differ in their final
 * character alone spread over the whole range.
 */
export const tieBreak = (seed: string, poolId: string): number => {
  let hash = 0x811c9dc5
  for (const character of `${seed} ${poolId}`) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}
