import { Type } from 'typebox'

export type ServiceName = 'compute' | 'volume' | 'network' | 'image' | 'identity'

/** Types under which catalogues know a service, the official one first (service-types.openstack.org). */
const serviceTypes = {
  compute: ['compute'],
  volume: ['block-storage', 'volumev3', 'block-store', 'volume'],
  network: ['network'],
  image: ['image'],
  identity: ['identity'],
} as const satisfies Record<ServiceName, readonly string[]>

export const catalogueSchema = Type.Array(
  Type.Object({
    type: Type.String(),
    endpoints: Type.Array(
      Type.Object({
        interface: Type.String(),
        region: Type.Optional(Type.Union([Type.String(), Type.Null()])),
        url: Type.String(),
      }),
    ),
  }),
)
type RawCatalogue = Type.Static<typeof catalogueSchema>

/** Base URLs, version included and without a slash at the end; a service that isn't there is missing. */
export type Catalogue = Readonly<Partial<Record<ServiceName, string>>>

interface CatalogueOptions {
  readonly region: string | null
  readonly interface: string
  readonly overrides: Readonly<Record<string, string>>
  readonly projectId: string
  /** The address the user gave us; what the catalogue says of Keystone may be reachable for the cloud only. */
  readonly identityUrl: string
}

export function readCatalogue(raw: RawCatalogue, options: CatalogueOptions): Catalogue {
  const catalogue: Partial<Record<ServiceName, string>> = { identity: options.identityUrl }
  for (const service of ['compute', 'volume', 'network', 'image'] as const) {
    const url = overrideOf(options.overrides, service) ?? urlOf(raw, service, options)
    if (url !== undefined) catalogue[service] = versioned(service, url, options.projectId)
  }
  return catalogue
}

export const overrideOf = (overrides: Readonly<Record<string, string>>, service: ServiceName): string | undefined =>
  serviceTypes[service].map((type) => overrides[type]).find((url) => url !== undefined)

export const regionsOf = (raw: RawCatalogue): readonly string[] =>
  [...new Set(raw.flatMap((it) => it.endpoints.map((endpoint) => endpoint.region ?? '')))].filter((it) => it !== '')

function urlOf(raw: RawCatalogue, service: ServiceName, options: CatalogueOptions): string | undefined {
  for (const type of serviceTypes[service])
    for (const entry of raw.filter((it) => it.type === type)) {
      const fitting = entry.endpoints.find(
        (it) => it.interface === options.interface && (options.region === null || it.region === options.region),
      )
      if (fitting !== undefined) return fitting.url
    }
  return undefined
}

/**
 * Catalogues hold anything from the bare root to `/v3/<project id>`. Nova has needed no project in the path
 * since 2.18; Cinder needs it until 3.67, so it is always given.
 */
export function versioned(service: ServiceName, url: string, projectId: string): string {
  const bare = url.replace(/\/+$/, '')
  switch (service) {
    case 'compute':
      return `${bare.replace(/\/v2(\.\d+)?(\/.*)?$/, '')}/v2.1`
    case 'volume':
      return `${bare.replace(/\/v[23](\/.*)?$/, '')}/v3/${projectId}`
    case 'network':
      return `${bare.replace(/\/v2\.0$/, '')}/v2.0`
    case 'image':
      return `${bare.replace(/\/v[12](\.\d+)?$/, '')}/v2`
    case 'identity':
      return `${bare.replace(/\/v(3|2\.0)$/, '')}/v3`
  }
}
