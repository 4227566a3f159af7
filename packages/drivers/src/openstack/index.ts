import type { DriverFactory } from '@yiduo/driver-api'
import { createOpenstackDriver } from './driver.ts'
import { credentialSchema, settingsSchema } from './settings.ts'

/** OpenStack from Pike (Nova 2.52) on; tried on Zed. */
export const openstackFactory: DriverFactory = {
  name: 'openstack',
  title: { 'zh-CN': 'OpenStack 系列云平台', en: 'OpenStack' },
  settings: settingsSchema,
  credential: credentialSchema,
  create: createOpenstackDriver,
}
