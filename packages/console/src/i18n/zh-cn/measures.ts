/** What quotas and prices count. */
export const measures = {
  vcpu: '虚拟核',
  'memory-gib': '内存（GiB）',
  'volume-gib': '存储（GiB）',
  address: '公网地址',
} as const
