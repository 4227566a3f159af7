import sql from 'sql-template-tag'
import { firstOf, rowsOf, type SimDatabase } from '../database.ts'

export const changePower = async (
  tx: SimDatabase,
  cloud: string,
  id: string,
  change: 'STARTING' | 'STOPPING' | 'REBOOT',
  readyAt: Date,
): Promise<void> => {
  await rowsOf(
    tx,
    sql`UPDATE sim.server SET powered = ${change !== 'STOPPING'}, power_change = ${change}, power_ready_at = ${readyAt},
        reboots = reboots + ${change === 'REBOOT' ? 1 : 0}
      WHERE cloud = ${cloud} AND id = ${id}`,
  )
}

export const hasImage = async (tx: SimDatabase, cloud: string, name: string): Promise<boolean> =>
  (await firstOf(tx, sql`SELECT FROM sim.image WHERE cloud = ${cloud} AND name = ${name}`)) !== null

/** Whether it runs stays as it is. */
export const startRebuild = async (
  tx: SimDatabase,
  cloud: string,
  id: string,
  imageName: string,
  readyAt: Date,
): Promise<void> => {
  await rowsOf(
    tx,
    sql`UPDATE sim.server s SET image_id = i.id, power_change = 'REBUILD', power_ready_at = ${readyAt},
        rebuilds = s.rebuilds + 1
      FROM sim.image i
      WHERE s.cloud = ${cloud} AND s.id = ${id} AND i.cloud = s.cloud AND i.name = ${imageName}`,
  )
}
