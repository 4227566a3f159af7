/** Characters that a terminal draws two columns wide (Unicode Standard Annex 11, W and F; emoji). */
const wide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Yi}\u{3000}-\u{303e}\u{30fb}-\u{30fc}\u{ff01}-\u{ff60}\u{ffe0}-\u{ffe6}]|\p{Emoji_Presentation}/u
/** Combining marks and format characters take no column. */
const widthless = /[\p{Mn}\p{Me}\p{Cf}]/u

/** Columns that a line takes on a terminal. */
export const widthOf = (text: string): number => {
  let width = 0
  for (const character of text) if (!widthless.test(character)) width += wide.test(character) ? 2 : 1
  return width
}

export const padEnd = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)))
export const padStart = (text: string, width: number): string => ' '.repeat(Math.max(0, width - widthOf(text))) + text
