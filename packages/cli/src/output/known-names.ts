/** Names by id, of all that an answer speaks of: things with an id and a name, and pairs such as `platformId`, `platformName`. */
export const knownNames = (answer: unknown): ReadonlyMap<string, string> => {
  const names = new Map<string, string>()
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const properties = new Map(Object.entries(value))
    for (const [property, it] of properties) {
      const name = properties.get(property === 'id' ? 'name' : property.replace(/Id$/, 'Name'))
      if (/^id$|Id$/.test(property) && typeof it === 'string' && typeof name === 'string') names.set(it, name)
      look(it)
    }
  }
  look(answer)
  return names
}
