/** What is let through; whatever no rule lets through is not. Answers to what was let through always are. */
export interface NetworkRule {
  readonly direction: 'ingress' | 'egress'
  readonly version: 4 | 6
  /** Null: any. */
  readonly protocol: 'tcp' | 'udp' | 'icmp' | null
  /** Of tcp and udp only; null: all. */
  readonly ports: { readonly from: number; readonly to: number } | null
  /** The other side; null: everywhere. */
  readonly cidr: string | null
}

/** Equal for equal rules: `ingress 4 tcp 443 10.0.0.0/8`, with `*` for whatever is not limited. */
export const textOfRule = ({ direction, version, protocol, ports, cidr }: NetworkRule): string => {
  const range = ports && (ports.from === ports.to ? `${ports.from}` : `${ports.from}-${ports.to}`)
  const side = cidr === '0.0.0.0/0' || cidr === '::/0' ? null : cidr
  return [direction, version, protocol ?? '*', range ?? '*', side ?? '*'].join(' ')
}
