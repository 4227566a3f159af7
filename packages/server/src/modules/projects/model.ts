/** Each system's network has a range of its own, spread by the project's id; they never meet, so a clash is harmless. */
export const cidrOf = (projectUuid: string): string => {
  const tail = projectUuid.slice(-4)
  return `10.${Number.parseInt(tail.slice(0, 2), 16)}.${Number.parseInt(tail.slice(2), 16)}.0/24`
}
