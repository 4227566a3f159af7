/** A map that somebody has loaded: it stays in this browser, for it is theirs to answer for. */
export interface KeptMap {
  readonly fileName: string
  /** 审图号, as entered; empty where none was. */
  readonly approval: string
  readonly text: string
}

const storeName = 'maps'
const key = 'board'

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const within = async <T>(mode: IDBTransactionMode, use: (store: IDBObjectStore) => Promise<T>): Promise<T> => {
  const opening = indexedDB.open('yiduo', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore(storeName)
  const database = await settled(opening)
  try {
    return await use(database.transaction(storeName, mode).objectStore(storeName))
  } finally {
    database.close()
  }
}

const isKeptMap = (value: unknown): value is KeptMap =>
  typeof value === 'object' &&
  value !== null &&
  'text' in value &&
  typeof value.text === 'string' &&
  'fileName' in value &&
  'approval' in value

/** Null where none was loaded, or the browser keeps nothing (private windows). */
export const readKeptMap = async (): Promise<KeptMap | null> => {
  const found: unknown = await within('readonly', (store) => settled(store.get(key))).catch(() => null)
  return isKeptMap(found) ? found : null
}

/** What cannot be kept is shown as long as the page is open. Null forgets. */
export const keepMap = async (map: KeptMap | null): Promise<void> => {
  const change = within('readwrite', async (store) => {
    if (map === null) await settled(store.delete(key))
    else await settled(store.put(map, key))
  })
  await change.catch(() => undefined)
}
