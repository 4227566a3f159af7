import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { compareGolden, differenceBetween } from './golden-check.ts'
import { goldens } from './goldens.ts'
import { root } from './source-files.ts'

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } })

for (const golden of goldens)
  for (const { path, committed, generated } of await compareGolden(golden)) {
    if (!values.write) {
      console.log(differenceBetween(path, committed, generated))
      process.exitCode = 1
    } else if (generated === null) {
      rmSync(join(root, path))
      console.log(`removed ${path}`)
    } else {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), generated)
      console.log(`wrote ${path}`)
    }
  }
