import { glyphHeight, glyphOf, glyphWidth } from './font.ts'
import type { Typed } from './typed.ts'

/** Each pixel of a glyph is a square of four, with a gap around it. */
const scale = 2
export const cell = { width: (glyphWidth + 1) * scale, height: (glyphHeight + 2) * scale }
export const grid = { columns: 60, rows: 20 }
export const screen = { width: cell.width * grid.columns, height: cell.height * grid.rows }

/** What the screen of a simulated server shows. */
export interface Seen {
  readonly cloud: string
  readonly name: string
  readonly id: string
  readonly state: string
  readonly now: Date
}

const prompt = '$ '
const header = 9
export const typing = { lines: grid.rows - header - 1, columns: grid.columns - prompt.length - 2 }

/** One line a row of the grid. */
export const linesOf = (seen: Seen, { lines }: Typed): string[] => [
  '',
  ` Simulated cloud ${seen.cloud}`,
  '',
  ` name   ${seen.name}`,
  ` id     ${seen.id}`,
  ` state  ${seen.state}`,
  ` clock  ${seen.now.toISOString().slice(0, 19).replace('T', ' ')} UTC`,
  '',
  ' Nothing runs in here. What you type is shown.',
  ...lines.map((line, index) => ` ${prompt}${line}${index === lines.length - 1 ? '_' : ''}`),
]

/** Lit pixels of one row of the grid, left to right and top to bottom. */
export const pixelsOf = (line: string): boolean[] => {
  const pixels = new Array<boolean>(screen.width * cell.height).fill(false)
  for (const [column, character] of [...line].slice(0, grid.columns).entries())
    for (const [row, bits] of glyphOf(character).entries())
      for (let bit = 0; bit < glyphWidth; bit++) {
        if ((bits & (1 << (glyphWidth - 1 - bit))) === 0) continue
        for (let dy = 0; dy < scale; dy++)
          for (let dx = 0; dx < scale; dx++) {
            const y = (row + 1) * scale + dy
            pixels[y * screen.width + column * cell.width + bit * scale + dx] = true
          }
      }
  return pixels
}
