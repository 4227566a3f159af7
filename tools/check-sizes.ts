import ts from 'typescript'
import type { Check } from './check.ts'
import { sizeExemptions } from './size-exemptions.ts'
import { listFiles, nodesOf, parseSource, placeOf, readText, sourcePatterns } from './source-files.ts'

const fileLimits = { median: 100, p90: 300, max: 500 }
const functionLimits = { p90: 40, max: 70, maxInTsx: 120 }

/** Uniform small units: what fits on a screen or two is read; the rest is searched. */
export const sizesCheck: Check = {
  name: 'sizes',
  remedy: 'Split by meaning. A file that must be long because it is a table of data: tools/size-exemptions.ts.',
  run: async () => {
    const paths = listFiles(...sourcePatterns)
    return [...complainOfFiles(paths), ...complainOfFunctions(paths), ...complainOfExemptions(paths)]
  },
}

const complainOfFiles = (paths: readonly string[]): string[] => {
  const sizes = paths.filter((path) => !(path in sizeExemptions)).map((path) => ({ path, lines: countLines(path) }))
  const lines = sizes.map((size) => size.lines)
  const long = sizes.filter((size) => size.lines > fileLimits.max)
  return [
    ...long.map((size) => `${size.path}: ${size.lines} lines; a file has at most ${fileLimits.max}`),
    ...complainOfQuantile('files', lines, 0.5, fileLimits.median),
    ...complainOfQuantile('files', lines, 0.9, fileLimits.p90),
  ]
}

const countLines = (path: string): number => readText(path).trimEnd().split('\n').length

const complainOfFunctions = (paths: readonly string[]): string[] => {
  const functions = paths.flatMap(functionsOf)
  const long = functions.filter(({ place, lines }) => lines > limitAt(place))
  return [
    ...long.map(({ place, lines }) => `${place}: a function of ${lines} lines; at most ${limitAt(place)}`),
    ...complainOfQuantile(
      'functions',
      functions.map(({ lines }) => lines),
      0.9,
      functionLimits.p90,
    ),
  ]
}

const limitAt = (place: string): number => (/\.tsx:/.test(place) ? functionLimits.maxInTsx : functionLimits.max)

export interface FunctionSize {
  readonly place: string
  /** Blank ones not counted. */
  readonly lines: number
}

const functionsOf = (path: string): FunctionSize[] =>
  [...nodesOf(parseSource(path))].filter(ts.isFunctionLike).flatMap((node) => {
    if (!('body' in node) || node.body === undefined) return []
    const lines = node
      .getText()
      .split('\n')
      .filter((line) => line.trim() !== '').length
    return [{ place: placeOf(node), lines }]
  })

const complainOfQuantile = (what: string, sizes: readonly number[], share: number, limit: number): string[] => {
  const found = quantile(sizes, share)
  return found > limit ? [`${share * 100} % of all ${what} should have at most ${limit} lines; it is ${found}`] : []
}

/** The smallest size that this share of all does not exceed. */
export const quantile = (sizes: readonly number[], share: number): number =>
  sizes.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(sizes.length * share) - 1)] ?? 0

const complainOfExemptions = (paths: readonly string[]): string[] =>
  Object.keys(sizeExemptions)
    .filter((path) => !paths.includes(path) || countLines(path) <= fileLimits.p90)
    .map((path) => `${path}: needs no exemption in tools/size-exemptions.ts any more`)
