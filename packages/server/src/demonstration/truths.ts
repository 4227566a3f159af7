/**
 * What is planted in the province, to be found again by whoever looks for it: docs/demo.md tells of the same, and a
 * test looks each of them up in the data. Later parts (monitoring, recovery, evaluation) are checked against these.
 */
export const truths = {
  /** Puts more cores on some hosts than its contract allows; the platform as a whole keeps to it. */
  overselling: { provider: '示例云服务商乙', platform: 'core-b', contract: 1.5 },

  /** Nobody uses any of their servers. */
  zombies: [
    { system: '农机购置补贴旧系统', of: '省农业农村厅' },
    { system: '招商引资项目库（旧版）', of: '省商务厅' },
    { system: '中考报名系统（2024）', of: '南通市教育局' },
    { system: '出租车资格考试系统', of: '徐州市交通运输局' },
    { system: '疫情流调协同平台', of: '盐城市卫生健康委员会' },
  ],

  /** Used, and far too large for what they do. */
  oversizedServers: [
    ...[1, 2, 3, 4].map((index) => ({ server: `chengji-app-${index}`, of: '省教育厅' })),
    ...[1, 2].map((index) => ({ server: `gongjijin-db-${index}`, of: '徐州市住房和城乡建设局' })),
  ],

  /** Pairs of sites of one node that break a rule of the plan. */
  brokenPairs: [
    { production: 'suzhou-1', other: 'suzhou-2', rule: 'active-active-latency' },
    { production: 'zhenjiang-1', other: 'zhenjiang-2', rule: 'active-active-distance' },
    { production: 'nantong-1', other: 'nantong-remote', rule: 'remote-same-grid' },
    { production: 'nantong-1', other: 'nantong-remote', rule: 'remote-same-basin' },
    { production: 'nantong-1', other: 'nantong-remote', rule: 'remote-same-belt' },
  ],

  /** Not one core more can be promised there. */
  fullPlatform: { platform: 'taizhou', system: '视频图像解析系统', of: '泰州市公安局' },

  /** Hold a quota, and have never held anything of it. */
  unusedQuotas: ['省体育局', '省林业局', '无锡市民政局'],

  /** Volumes that hang on no server. */
  unattachedVolumes: [
    ...[1, 2, 3].map((index) => ({ volume: `yaogan-node-${index}-data`, of: '省自然资源厅' })),
    ...[1, 2].map((index) => ({ volume: `guidang-${index}-data`, of: '扬州市卫生健康委员会' })),
  ],

  /** The room of what was taken over: its lease has run out. */
  expiredLease: { dataCentre: 'integration-1', leaseEndsInDays: -40 },

  /** Their servers come to their end within so many days of the first start. */
  endings: [
    { system: '文旅节庆票务系统', of: '省文化和旅游厅', withinDays: 30, endsInDays: 20 },
    { system: '港口集疏运监测系统', of: '南通市交通运输局', withinDays: 7, endsInDays: 5 },
    { system: '马拉松安保指挥系统', of: '常州市公安局', withinDays: 1, endsInDays: 0.9 },
  ],

  /** Carries our mark, and belongs to nothing we know. */
  orphan: { platform: 'nantong', name: 'left-behind-data', sizeGib: 120 },

  /** Whose bill of this month is open, as everybody's: it says what it would come to by now. Those before are closed. */
  openBill: { organisation: '盐城市教育局' },

  /** Sent so many days ago, and not decided since. */
  stuckRequest: { system: '智慧校园平台', of: '镇江市教育局', sentDaysAgo: 6 },
} as const
