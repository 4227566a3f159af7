/** Words of the field that the contract's own lists do not bring. */
export const terms = {
  siteRoles: { production: '生产中心', 'active-active': '双活中心', standby: '备用中心', remote: '异地中心' },

  levels: { province: '省级', city: '市级', county: '县级', township: '乡镇级', village: '村级' },
  actors: {
    authority: '行政主管部门',
    operator: '运行管理机构',
    department: '使用部门单位',
    provider: '云服务商',
    'security-operator': '安全协管机构',
    regulator: '监管机构',
    auditor: '审计机构',
  },
  reaches: { own: '仅本单位', subtree: '本单位及下级', all: '全部' },
  grade: '等保 {{grade}} 级',
} as const
