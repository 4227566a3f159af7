#!/usr/bin/env node
// Runs under any Node: finds one that reads TypeScript (the checkout's Node 24 first) and hands over to it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// What works on the database itself, where it is, belongs to the server; all else goes over the wire.
const [command, verb] = process.argv.slice(2)
const isServer =
  ['serve', 'backup', 'restore', 'keys'].includes(command) ||
  (command === 'audit' && ['verify', 'checkpoint', 'check-export', 'rotate-key'].includes(verb))
const main = fileURLToPath(new URL(isServer ? '../../server/src/main.ts' : '../src/main.ts', import.meta.url))

// In a checkout nothing may be installed yet; a package has no such file, and its packages with it.
const prepare = new URL('../../../tools/prepare.mjs', import.meta.url)
if (existsSync(prepare)) await import(prepare)

const findNode = () => {
  for (let folder = dirname(main); folder !== dirname(folder); folder = dirname(folder)) {
    const brought = join(folder, 'node_modules', '.bin', 'node')
    if (existsSync(brought)) return brought
  }
  const [major] = process.versions.node.split('.').map(Number)
  if (major >= 24) return process.execPath
  console.error(`yiduo: Node ${process.versions.node} is too old: install Node 24, or run \`npm ci\` in the checkout.`)
  return process.exit(1)
}

const child = spawn(findNode(), [main, ...process.argv.slice(2)], { stdio: 'inherit' })
// Ctrl-C reaches the child by itself, as part of the terminal's group; it decides how to end, and we follow.
process.on('SIGINT', () => {})
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.once('error', (fault) => {
  console.error(`yiduo: ${fault.message}`)
  process.exit(1)
})
child.once('close', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code))
