/** For a laptop that also does other things; what a province needs is set on its own PostgreSQL. */
const laptopSettings = {
  shared_buffers: '128MB',
  max_connections: '200',
  fsync: 'on',
  wal_compression: 'on',
  max_wal_size: '1GB',
  // Laptops have no disks that turn: a row far away costs hardly more than the next one.
  random_page_cost: '1.1',
  // Quiet, but slow statements and refused connections are worth a line.
  log_min_messages: 'warning',
  log_checkpoints: 'off',
  log_min_duration_statement: '2s',
  log_line_prefix: '%m [%p] %q%d ',
  timezone: 'UTC',
  log_timezone: 'UTC',
} as const

/** Where it listens: on a socket in a folder of ours, or, where a path is too long for one, on the loopback. */
export interface Listening {
  readonly socketFolder: string | null
  readonly port: number
}

/** sockaddr_un holds 104 bytes on macOS and 108 on Linux, the ending zero included. */
const socketPathLimitBytes = 103

export const fitsSocket = (folder: string): boolean =>
  Buffer.byteLength(`${folder}/.s.PGSQL.65535.lock`) <= socketPathLimitBytes

export const argumentsFor = (
  data: string,
  { socketFolder, port }: Listening,
  extra: Readonly<Record<string, string>>,
): string[] => {
  const settings = {
    ...laptopSettings,
    port: String(port),
    listen_addresses: socketFolder === null ? '127.0.0.1' : '',
    unix_socket_directories: socketFolder ?? '',
    unix_socket_permissions: '0700',
    ...extra,
  }
  return ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}
