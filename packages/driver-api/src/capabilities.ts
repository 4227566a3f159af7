/** Every optional ability of a cloud; a reason, shown to the user, stands where it is missing. */
export const capabilityNames = [
  'projects', // a project (tenant) of its own for each business system
  'projectQuotas',
  'hosts', // hypervisors can be seen; without them the platform is one pool
  'servers',
  'serverResize',
  'serverPower', // start, stop, reboot
  'serverRename',
  'serverRebuild', // the system disk anew, all else as it is
  'bootFromVolume', // the system disk is a volume, which goes with the server
  'publicKeys', // given to the image's own user at the first start
  'userData', // read by the guest at its first start (cloud-init)
  'zones', // a server is asked into an availability zone
  'serverGroups', // equal servers are kept apart, or together
  'privateFlavours', // a size that no flavour has is made one
  'volumes',
  'volumeExtendAttached',
  'volumeRename',
  'snapshots', // of volumes
  'snapshotRevert', // a volume goes back to its newest snapshot in place
  'networks',
  'ipv6', // a network holds addresses of both versions
  'networkRules', // what may reach a port, and what it may reach
  'addresses', // public or extranet addresses bound to a server
  'images',
  'consoles', // the screen of a server in a browser
  'usage', // the provider's own report of what was used
  'flavours', // the cloud offers fixed sizes; we choose the fitting one
] as const
export type CapabilityName = (typeof capabilityNames)[number]

export type Capability =
  | { readonly supported: true }
  | { readonly supported: false; readonly reason: CapabilityReason; readonly words?: string }

export const capabilityReasons = [
  'not-in-this-cloud',
  'service-not-installed',
  'service-not-answering', // for now: the next probe may find it again
  'needs-admin-rights',
  'credential-bound-to-one-project',
  'version-too-old',
  'switched-off', // by the settings of the platform
] as const
export type CapabilityReason = (typeof capabilityReasons)[number]

export type Capabilities = Readonly<Record<CapabilityName, Capability>>

export const supported: Capability = { supported: true }
export const unsupported = (reason: CapabilityReason, words?: string): Capability =>
  words === undefined ? { supported: false, reason } : { supported: false, reason, words }
