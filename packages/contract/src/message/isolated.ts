/** Letters that run from right to left, and marks that turn the direction of what follows them. */
const turning =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u

/** Each isolate that is opened is closed, and none that is not: what is inside ends inside. */
const isBalanced = (text: string): boolean => {
  let open = 0
  for (const it of text.match(/[\u2066-\u2069]/g) ?? []) {
    open += it === '\u2069' ? -1 : 1
    if (open < 0) return false
  }
  return open === 0
}

/** A name among other words: whatever direction it runs in, what stands beside it keeps its own (UAX #9, FSI and PDI). */
export const isolated = (name: string): string =>
  turning.test(name) ? `\u2068${isBalanced(name) ? name : name.replaceAll(/[\u2066-\u2069]/g, '')}\u2069` : name
