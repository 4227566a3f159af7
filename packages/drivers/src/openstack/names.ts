/** Longest name that Nova, Neutron and Cinder all keep. */
const maxLength = 255

/**
 * A name as the cloud can hold it. OpenStack's tables hold the Basic Multilingual Plane only (beyond it services
 * answer 500), and Nova takes printable characters only; the rest travels as `\u{1f642}` and comes back by `shownName`.
 */
export function cloudName(name: string, room: number = maxLength): string {
  let kept = ''
  for (const character of name.trim().replaceAll('\\u{', '\\u{5c}u{')) {
    // Two UTF-16 units are one character beyond the plane.
    const next =
      character.length > 1 || unprintable.test(character) ? `\\u{${character.codePointAt(0)?.toString(16)}}` : character
    if (kept.length + next.length > room) break
    kept += next
  }
  return kept.trimEnd() || '-'
}

/** Undoes `cloudName`. For our own things only: others may mean such a text literally. */
export const shownName = (name: string): string =>
  name.replace(/\\u\{([0-9a-f]{1,6})\}/g, (whole, hex: string) => {
    const code = Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })

const unprintable = /[\p{C}\p{Zl}\p{Zp}]/u
