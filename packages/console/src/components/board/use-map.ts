import { useCallback, useEffect, useMemo, useState } from 'react'
import { type KeptMap, keepMap, readKeptMap } from './kept-map.ts'
import { type MapFault, mapLimitMib, type ProvinceMap, readMap } from './province-map.ts'
import type { Place } from './schematic.ts'

export interface BoardMap {
  readonly kept: KeptMap | null
  readonly map: ProvinceMap | null
  /** Of the file that was chosen last. */
  readonly fault: MapFault | null
  load(file: File): Promise<boolean>
  approve(approval: string): void
  forget(): void
}

/** The map that somebody has loaded in this browser; none comes with the product. */
export const useBoardMap = (nodes: readonly Place[]): BoardMap => {
  const [kept, setKept] = useState<KeptMap | null>(null)
  const [fault, setFault] = useState<MapFault | null>(null)
  useEffect(() => {
    void readKeptMap().then(setKept)
  }, [])
  const change = useCallback((map: KeptMap | null) => {
    setKept(map)
    setFault(null)
    void keepMap(map)
  }, [])
  const text = kept?.text ?? null
  // What was kept was read once before: where the nodes stand now is no matter.
  const map = useMemo(() => {
    const found = text === null ? null : readMap(text, [])
    return found && 'map' in found ? found.map : null
  }, [text])
  return {
    kept,
    map,
    fault,
    async load(file) {
      // A file of gigabytes is refused before it is read.
      const found =
        file.size > mapLimitMib * 1_048_576 ? { fault: 'too-large' as const } : readMap(await file.text(), nodes)
      if ('fault' in found) {
        setFault(found.fault)
        return false
      }
      change({ fileName: file.name, approval: '', text: await file.text() })
      return true
    },
    approve: (approval) => kept && change({ ...kept, approval }),
    forget: () => change(null),
  }
}
