/** Words of the field that the contract's own lists do not bring. */
export const terms = {
  measures: { vcpu: 'CPU（核）', 'memory-gib': '内存（GiB）', 'volume-gib': '存储（GiB）', address: '公网地址（个）' },
} as const
