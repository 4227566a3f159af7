import { BlockList, isIP } from 'node:net'

/** Whatever is not the public internet, IANA's special-purpose registries: what only we can reach, nobody reaches through us. */
const private4 = [
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24',
  '192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4',
]
const private6 = [
  '::/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 fc00::/7 fe80::/10 ff00::/8',
]

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6')

const blockListOf = (networks: readonly string[]): BlockList => {
  const list = new BlockList()
  for (const network of networks.flatMap((it) => it.split(' '))) {
    const [address = '', prefix = ''] = network.split('/')
    list.addSubnet(address, Number(prefix), familyOf(address))
  }
  return list
}

const notPublic = blockListOf([...private4, ...private6])
const loopback = blockListOf(['127.0.0.0/8', '::1/128'])

/** `10.0.0.0/8` and the like; what is no network in that form is refused at the start. */
export const isNetwork = (text: string): boolean => {
  const [address = '', prefix = '', ...more] = text.split('/')
  const bits = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : -1
  return more.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits
}

export const isLoopback = (address: string): boolean => loopback.check(address, familyOf(address))

/** Judges addresses, the private ones among them by the networks that are let through. */
export const createAddressRule = (allowedNetworks: readonly string[]): ((address: string) => boolean) => {
  const allowed = blockListOf(allowedNetworks)
  return (address) => !notPublic.check(address, familyOf(address)) || allowed.check(address, familyOf(address))
}
