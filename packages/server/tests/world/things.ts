import { rowsOf } from './statements.ts'

/** How many of each kind the simulated cloud holds for one business system. */
export interface Things {
  readonly projects: number
  readonly networks: number
  readonly ports: number
  readonly servers: number
  readonly volumes: number
  readonly attached: number
  readonly addresses: number
  readonly bound: number
}

export const nothingThere: Things = {
  projects: 0,
  networks: 0,
  ports: 0,
  servers: 0,
  volumes: 0,
  attached: 0,
  addresses: 0,
  bound: 0,
}

/** One server with its volume and address, in the system's one project with its one network. */
export const oneSet: Things = {
  projects: 1,
  networks: 1,
  ports: 1,
  servers: 1,
  volumes: 1,
  attached: 1,
  addresses: 1,
  bound: 1,
}

/** Projects are named as their system is; what lies in them is counted, marked or not. */
export const thingsOf = async (databaseUrl: string, systemName: string): Promise<Things> => {
  const [things] = await rowsOf<Things>(
    databaseUrl,
    `with p as (select cloud, id from sim.project where name = $1)
     select (select count(*)::int from p) as projects,
            (select count(*)::int from sim.network join p on p.id = project_id) as networks,
            (select count(*)::int from sim.port join p on p.id = project_id) as ports,
            (select count(*)::int from sim.server join p on p.id = project_id) as servers,
            (select count(*)::int from sim.volume join p on p.id = project_id) as volumes,
            (select count(server_id)::int from sim.volume join p on p.id = project_id) as attached,
            (select count(*)::int from sim.address join p on p.id = project_id) as addresses,
            (select count(port_id)::int from sim.address join p on p.id = project_id) as bound`,
    [systemName],
  )
  return things ?? nothingThere
}
