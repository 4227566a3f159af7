/**
 * A real directory in a process of its own, for tests that cannot start one themselves. Who is in it, and in which group, is
 * read from the environment; it ends with whoever started it.
 */
import { once } from 'node:events'
import { type Entered, groupOf, people, searcher, startSlapd } from './slapd.ts'

const entered = JSON.parse(process.env.PEOPLE ?? '[]') as readonly Entered[] // as its starter wrote it
const group = process.env.GROUP ?? 'cloud-users'

await using slapd = await startSlapd()
await slapd.enter(...entered)
await slapd.group(group, ...entered.map(({ uid }) => uid))
console.log(
  `ready: ${JSON.stringify({ url: slapd.url, bindDn: searcher.dn, password: searcher.password, baseDn: people, group: groupOf(group) })}`,
)
process.stdin.resume()
await once(process.stdin, 'end')
