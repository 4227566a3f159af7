export * from './openstack/index.ts'
export * from './sim/index.ts'
