/** 32-bit FNV-1a over the UTF-16 units. */
export const hashText = (text: string): number => {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}

/** MurmurHash3's last mix over both, so that ids that differ in their final character alone spread over the whole range. */
export const mixHashes = (seedHash: number, idHash: number): number => {
  let hash = seedHash ^ Math.imul(idHash, 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Orders equals by the seed alone. */
export const tieBreak = (seed: string, id: string): number => mixHashes(hashText(seed), hashText(id))
