import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { root } from './source-files.ts'

/**
 * `npm run sbom [FILE]`: what the product is made of, as CycloneDX JSON, from the lock file alone: nothing is asked of
 * anybody. Without the tools that only build and test it.
 */
const file = resolve(root, process.argv[2] ?? '.cache/sbom.cdx.json')
const words = [
  'sbom',
  '--sbom-format',
  'cyclonedx',
  '--sbom-type',
  'application',
  '--package-lock-only',
  '--omit',
  'dev',
]
const text = execFileSync('npm', words, {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 100_000_000,
  stdio: ['ignore', 'pipe', 'ignore'],
})
const { components, specVersion } = JSON.parse(text) as { components: unknown[]; specVersion: string } // npm's own
mkdirSync(dirname(file), { recursive: true })
writeFileSync(file, text)
console.log(`CycloneDX ${specVersion}, ${components.length} components: ${file}`)
