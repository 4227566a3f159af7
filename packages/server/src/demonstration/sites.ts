import type { CloudNode, DataCentre } from '@yiduo/contract'
import { present } from '../kernel/invariant.ts'
import { type City, cities } from './cities.ts'
import type { Place } from './places.ts'
import { truths } from './truths.ts'

export interface PlannedCentre extends Place {
  readonly code: string
  readonly name: string
  readonly role: DataCentre['role']
  /** Of a rented room: days from the first start to the end of its lease; negative where it has run out. */
  readonly leaseEndsInDays?: number
  readonly pue: number
}

export interface PlannedNode {
  readonly node: Pick<CloudNode, 'code' | 'name' | 'kind' | 'divisionCode'>
  readonly operator: string
  readonly centres: readonly PlannedCentre[]
}

const placeOf = (code: string): Place => {
  const { longitude, latitude, powerGrid, riverBasin, seismicBelt } = present(
    cities.find((it) => it.code === code),
    code,
  )
  return { longitude, latitude, powerGrid, riverBasin, seismicBelt }
}

/** Kilometres to the east and north of a place: one degree is about 111 km, of longitude some 94 this far north. */
const beside = (place: Place, eastKm: number, northKm: number): Place => ({
  ...place,
  longitude: Math.round((place.longitude + eastKm / 94) * 1e6) / 1e6,
  latitude: Math.round((place.latitude + northKm / 111) * 1e6) / 1e6,
})

/** Serves the province, so it bears its code: placement prefers a city's own node, then the core. */
const core: PlannedNode = {
  node: { code: 'core', name: '省级核心节点', kind: 'core', divisionCode: '320000' },
  operator: '省大数据管理中心',
  centres: [
    { ...placeOf('nanjing'), code: 'core-production', name: '南京生产中心', role: 'production', pue: 1.24 },
    {
      ...beside(placeOf('nanjing'), 8, -12),
      code: 'core-active',
      name: '南京双活中心',
      role: 'active-active',
      pue: 1.25,
    },
    // Another river basin and seismic belt than Nanjing's, and still no high peak acceleration.
    { ...placeOf('huaian'), code: 'core-remote', name: '淮安异地灾备中心', role: 'remote', pue: 1.22 },
  ],
}

/** What a department had built for itself, taken over and shared (利旧); the room is rented. */
const integration: PlannedNode = {
  node: { code: 'integration', name: '省统计局整合节点', kind: 'integration', divisionCode: '320000' },
  operator: '省大数据管理中心',
  centres: [
    {
      ...beside(placeOf('nanjing'), -5, 6),
      code: truths.expiredLease.dataCentre,
      name: '省统计局租用机房',
      role: 'production',
      pue: 1.58,
      leaseEndsInDays: truths.expiredLease.leaseEndsInDays,
    },
  ],
}

/** Sites beside a city's own: some for recovery as it should be, some that break a rule. */
const secondSites: Readonly<Record<string, PlannedCentre>> = {
  wuxi: { ...beside(placeOf('wuxi'), 9, 7), code: 'wuxi-2', name: '无锡双活中心', role: 'active-active', pue: 1.26 },
  xuzhou: { ...placeOf('nanjing'), code: 'xuzhou-remote', name: '徐州异地灾备中心（南京）', role: 'remote', pue: 1.24 },
  suzhou: {
    ...beside(placeOf('suzhou'), 14, 9),
    code: 'suzhou-2',
    name: '苏州双活中心',
    role: 'active-active',
    pue: 1.27,
  },
  zhenjiang: {
    ...placeOf('nanjing'),
    code: 'zhenjiang-2',
    name: '镇江双活中心（南京）',
    role: 'active-active',
    pue: 1.29,
  },
  nantong: {
    ...placeOf('yangzhou'),
    code: 'nantong-remote',
    name: '南通异地灾备中心（扬州）',
    role: 'remote',
    pue: 1.31,
  },
}

const cityNode = (city: City, index: number): PlannedNode => {
  const second = secondSites[city.code]
  return {
    node: { code: city.code, name: `${city.name}节点`, kind: 'backbone', divisionCode: city.divisionCode },
    operator: `${city.name}大数据管理中心`,
    centres: [
      {
        ...placeOf(city.code),
        code: `${city.code}-1`,
        name: `${city.name}政务云数据中心`,
        role: 'production',
        pue: Math.round((1.21 + (index % 6) * 0.02) * 100) / 100,
      },
      ...(second ? [second] : []),
    ],
  }
}

export const nodes: readonly PlannedNode[] = [core, ...cities.map(cityNode), integration]

export interface PlannedLink {
  readonly from: string
  readonly to: string
  readonly bandwidthGbps: number
  /** Round trip. */
  readonly latencyMs: number
}

/** Every backbone node hangs on the core by 40G; the rest joins what stands in for one another. */
export const links: readonly PlannedLink[] = [
  { from: 'core-production', to: 'core-active', bandwidthGbps: 100, latencyMs: 0.6 },
  { from: 'core-production', to: 'core-remote', bandwidthGbps: 40, latencyMs: 3.4 },
  { from: 'core-production', to: 'integration-1', bandwidthGbps: 20, latencyMs: 0.5 },
  ...cities.map(({ code }, index) => ({
    from: 'core-production',
    to: `${code}-1`,
    bandwidthGbps: 40,
    latencyMs: code === 'nanjing' ? 0.4 : Math.round((3 + index * 0.35) * 10) / 10,
  })),
  { from: 'wuxi-1', to: 'wuxi-2', bandwidthGbps: 100, latencyMs: 0.7 },
  { from: 'xuzhou-1', to: 'xuzhou-remote', bandwidthGbps: 40, latencyMs: 4.9 },
  { from: 'suzhou-1', to: 'suzhou-2', bandwidthGbps: 100, latencyMs: 2.6 },
  { from: 'zhenjiang-1', to: 'zhenjiang-2', bandwidthGbps: 100, latencyMs: 1.6 },
  { from: 'nantong-1', to: 'nantong-remote', bandwidthGbps: 40, latencyMs: 2.9 },
]
