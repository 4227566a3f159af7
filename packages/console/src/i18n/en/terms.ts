import type { Shape } from '../shape.ts'
import type { terms as zhCn } from '../zh-cn/terms.ts'

export const terms: Shape<typeof zhCn> = {
  siteRoles: { production: 'Production', 'active-active': 'Active-active', standby: 'Standby', remote: 'Remote' },

  levels: { province: 'Province', city: 'City', county: 'County', township: 'Township', village: 'Village' },
  actors: {
    authority: 'Authority',
    operator: 'Operator',
    department: 'Department',
    provider: 'Provider',
    'security-operator': 'Security operator',
    regulator: 'Regulator',
    auditor: 'Auditor',
  },
  reaches: { own: 'Own organisation', subtree: 'With all below', all: 'Everything' },
  grade: 'Grade {{grade}}',
}
