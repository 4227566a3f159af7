import type { Driver } from '../driver.ts'
import { isFailure, type Outcome } from '../outcome.ts'
import { CheckFailure } from './expect.ts'

/** The same driver, with every failure's words handed to `hear` on their way, and its exceptions named as such. */
export const overheard = (driver: Driver, hear: (words: string) => void): Driver => {
  const through =
    <Args extends unknown[], T>(call: (...args: Args) => Promise<Outcome<T>>) =>
    async (...args: Args): Promise<Outcome<T>> => {
      const outcome = await unbroken(() => call(...args))
      if (isFailure(outcome)) hear(outcome.words)
      return outcome
    }
  const { projects, networks, volumes, snapshots, servers, serverGroups, addresses, consoles, usage } = driver
  return {
    probe: through(() => driver.probe()),
    capabilities: through(() => driver.capabilities()),
    list: through((kind, cursor) => driver.list(kind, cursor)),
    get: through((kind, externalId, project) => driver.get(kind, externalId, project)),
    projects: {
      ensure: through((ask, attempt) => projects.ensure(ask, attempt)),
      remove: through((what, attempt) => projects.remove(what, attempt)),
    },
    networks: {
      ensure: through((ask, attempt) => networks.ensure(ask, attempt)),
      remove: through((what, attempt) => networks.remove(what, attempt)),
      createPort: through((ask, attempt) => networks.createPort(ask, attempt)),
      removePort: through((what, attempt) => networks.removePort(what, attempt)),
      ensureRules: through((ask, attempt) => networks.ensureRules(ask, attempt)),
      removeRules: through((what, attempt) => networks.removeRules(what, attempt)),
      setPortRules: through((ask, attempt) => networks.setPortRules(ask, attempt)),
    },
    volumes: {
      create: through((ask, attempt) => volumes.create(ask, attempt)),
      extend: through((ask, attempt) => volumes.extend(ask, attempt)),
      attach: through((ask, attempt) => volumes.attach(ask, attempt)),
      detach: through((ask, attempt) => volumes.detach(ask, attempt)),
      rename: through((ask, attempt) => volumes.rename(ask, attempt)),
      remove: through((what, attempt) => volumes.remove(what, attempt)),
    },
    snapshots: {
      create: through((ask, attempt) => snapshots.create(ask, attempt)),
      revert: through((ask, attempt) => snapshots.revert(ask, attempt)),
      remove: through((what, attempt) => snapshots.remove(what, attempt)),
    },
    servers: {
      create: through((ask, attempt) => servers.create(ask, attempt)),
      resize: through((ask, attempt) => servers.resize(ask, attempt)),
      setPower: through((ask, attempt) => servers.setPower(ask, attempt)),
      reboot: through((ask, attempt) => servers.reboot(ask, attempt)),
      rebuild: through((ask, attempt) => servers.rebuild(ask, attempt)),
      rename: through((ask, attempt) => servers.rename(ask, attempt)),
      remove: through((what, attempt) => servers.remove(what, attempt)),
    },
    serverGroups: {
      ensure: through((ask, attempt) => serverGroups.ensure(ask, attempt)),
      remove: through((what, attempt) => serverGroups.remove(what, attempt)),
    },
    addresses: {
      bind: through((ask, attempt) => addresses.bind(ask, attempt)),
      release: through((what, attempt) => addresses.release(what, attempt)),
    },
    consoles: { open: through((ask) => consoles.open(ask)) },
    usage: { report: through((ask, cursor) => usage.report(ask, cursor)) },
    [Symbol.asyncDispose]: () => driver[Symbol.asyncDispose](),
  }
}

const unbroken = async <T>(call: () => Promise<T>): Promise<T> => {
  try {
    return await call()
  } catch (error) {
    throw new CheckFailure(`the driver threw, which it never may: ${String(error)}`)
  }
}
