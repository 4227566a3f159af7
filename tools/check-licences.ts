import type { Check } from './check.ts'
import { readText } from './source-files.ts'

/** What may be part of an Apache-2.0 product. A new one is read by a person first, and entered with the reason. */
const allowed: Readonly<Record<string, string>> = {
  'Apache-2.0': 'our own',
  MIT: 'permissive',
  'MIT-0': 'permissive',
  ISC: 'permissive',
  '0BSD': 'permissive',
  'BSD-2-Clause': 'permissive',
  'BSD-3-Clause': 'permissive',
  'BlueOak-1.0.0': 'permissive',
  Unlicense: 'public domain',
  'MPL-2.0': 'binds the files that it came with, and we change none of them (noVNC, Lightning CSS)',
}

export interface LockedPackage {
  readonly license?: string
  /** A workspace of ours. */
  readonly link?: boolean
}

/** SPDX: one of the alternatives is enough, and all that is joined must be allowed. */
export const isAllowed = (expression: string): boolean =>
  expression
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((alternative) => alternative.split(' AND ').every((it) => Object.hasOwn(allowed, it.trim())))

export const licenceComplaints = (packages: Readonly<Record<string, LockedPackage>>): string[] =>
  Object.entries(packages)
    .filter(([path, { link }]) => path.startsWith('node_modules/') && !link)
    .filter(([, { license }]) => license === undefined || !isAllowed(license))
    .map(([path, { license }]) => `${path}: ${license ?? 'no licence said'}`)

/** The lock file is ours; npm writes into it what each package says of itself. */
export const licencesCheck: Check = {
  name: 'licences',
  remedy: 'Take another package, or enter the licence in tools/check-licences.ts with the reason why it may be used.',
  run: async () =>
    licenceComplaints(
      (JSON.parse(readText('package-lock.json')) as { packages: Record<string, LockedPackage> }).packages,
    ),
}
