const longest = 120

/**
 * A file's name as it is kept: no path, nothing that hides what it ends with (control and direction characters), nothing
 * that some system takes for a path or a pattern. Its end, which says its kind, is never cut off.
 */
export const cleanName = (given: string): string => {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const name = last.replaceAll(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '').replace(/^[\s.]+|[\s.]+$/g, '')
  const dot = name.lastIndexOf('.')
  const end = dot < 0 ? '' : name.slice(dot)
  const characters = [...(dot < 0 ? name : name.slice(0, dot))]
  return characters.slice(0, Math.max(longest - end.length, 1)).join('') + end.slice(0, longest)
}
