import type { Static } from 'typebox'
import { askCloud, listings } from './witness.ts'

type Listings = typeof listings
export type Holdings = { readonly [K in keyof Listings]: Static<Listings[K]['schema']> }

export interface Holder {
  /** Every name that a test gives begins with its tag. */
  readonly tag: string
  readonly markPrefix: string
  /** Projects known from before: what they hold can be seen even when they are gone themselves. */
  readonly projectIds?: readonly string[]
  /** Of those that share one Keystone; the lab's first where none is named. */
  readonly region?: string
}

/** Everything that the cloud holds for one test, by the witness. */
export const holdingsOf = async ({ tag, markPrefix, projectIds = [], region }: Holder): Promise<Holdings> => {
  const all = await askCloud(listings, region)
  const isNamed = (it: { readonly Name: string }) => it.Name.startsWith(tag)
  const projects = all.projects.filter(isNamed)
  const ids = new Set([...projects.map((it) => it.ID), ...projectIds])
  const isOwned = (it: { readonly Project: string }) => ids.has(it.Project)
  return {
    projects,
    servers: all.servers.filter(isNamed),
    volumes: all.volumes.filter(isNamed),
    ports: all.ports.filter(isNamed),
    networks: all.networks.filter((it) => isOwned(it) || isNamed(it)),
    subnets: all.subnets.filter((it) => isOwned(it) || isNamed(it)),
    routers: all.routers.filter((it) => isOwned(it) || isNamed(it)),
    addresses: all.addresses.filter((it) => isOwned(it) || it.Description.startsWith(markPrefix)),
    securityGroups: all.securityGroups.filter(isOwned),
  }
}

/** How many of each kind. */
export const countsOf = (holdings: Holdings): Readonly<Record<keyof Holdings, number>> => ({
  projects: holdings.projects.length,
  servers: holdings.servers.length,
  volumes: holdings.volumes.length,
  ports: holdings.ports.length,
  networks: holdings.networks.length,
  subnets: holdings.subnets.length,
  routers: holdings.routers.length,
  addresses: holdings.addresses.length,
  securityGroups: holdings.securityGroups.length,
})

/** One server with a volume and an address, in a project of its own with the security group that Neutron puts there. */
export const oneOfEach = {
  projects: 1,
  servers: 1,
  volumes: 1,
  ports: 1,
  networks: 1,
  subnets: 1,
  routers: 1,
  addresses: 1,
  securityGroups: 1,
} as const

export const nothing = {
  projects: 0,
  servers: 0,
  volumes: 0,
  ports: 0,
  networks: 0,
  subnets: 0,
  routers: 0,
  addresses: 0,
  securityGroups: 0,
} as const
