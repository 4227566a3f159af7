/** Addresses of other programs that are told what people are told. */
export const webhooks = {
  hint: '把本单位的通知推送给其他系统（如协同办公、运维平台），带签名，失败自动重试',
  empty: '还没有回调地址。新建后，通知会同时推送到该地址。',
  create: '新建回调地址',
  endpoint: '地址',
  endpointHint: '须为 https 地址',
  waiting: '待发送',
  deliveredAt: '最近送达',
  problem: '问题',
  secret: '签名密钥只显示这一次，请立即妥善保存到接收方系统：',
  deliveries: '推送记录',
  noDeliveries: '还没有推送。点击“测试”可推送一条试用通知。',
  code: '通知代码',
  attempts: '尝试次数',
  test: '测试',
  tested: '测试通知已发出，结果见推送记录',
  removeHint: '删除后，尚未送达的通知不再推送：',
} as const
