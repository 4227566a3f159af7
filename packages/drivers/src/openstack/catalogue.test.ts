import { expect, test } from 'vitest'
import { readCatalogue, type ServiceName, versioned } from './catalogue.ts'

test.for<[ServiceName, string, string]>([
  ['compute', 'http://nova:8774', 'http://nova:8774/v2.1'],
  ['compute', 'http://nova:8774/v2.1/', 'http://nova:8774/v2.1'],
  ['compute', 'https://cloud/compute/v2/0123abcd', 'https://cloud/compute/v2.1'],
  ['volume', 'http://cinder:8776', 'http://cinder:8776/v3/p-1'],
  ['volume', 'http://cinder:8776/v3/other-project', 'http://cinder:8776/v3/p-1'],
  ['volume', 'https://cloud/volume/v3', 'https://cloud/volume/v3/p-1'],
  ['network', 'http://neutron:9696/', 'http://neutron:9696/v2.0'],
  ['network', 'https://cloud/networking/v2.0', 'https://cloud/networking/v2.0'],
  ['image', 'http://glance:9292', 'http://glance:9292/v2'],
  ['image', 'http://glance:9292/v2/', 'http://glance:9292/v2'],
  ['identity', 'http://keystone:5000/', 'http://keystone:5000/v3'],
  ['identity', 'https://cloud/identity/v3', 'https://cloud/identity/v3'],
])('%s at %s is spoken to at %s', ([service, url, expected]) => {
  expect(versioned(service, url, 'p-1')).toBe(expected)
})

test('region and interface choose the endpoint, an override goes before both, and what is missing is missing', () => {
  const endpoint = (region: string, kind: string) => ({ region, interface: kind, url: `http://${region}-${kind}` })
  const all = [endpoint('a', 'public'), endpoint('b', 'public'), endpoint('b', 'internal')]
  const catalogue = readCatalogue(
    [
      { type: 'compute', endpoints: all },
      { type: 'volumev3', endpoints: all },
      { type: 'image', endpoints: [endpoint('a', 'internal')] },
    ],
    {
      region: 'b',
      interface: 'internal',
      overrides: { volumev3: 'http://proxy:1' },
      projectId: 'p-1',
      identityUrl: 'http://keystone/v3',
    },
  )
  expect(catalogue).toEqual({
    identity: 'http://keystone/v3',
    compute: 'http://b-internal/v2.1',
    volume: 'http://proxy:1/v3/p-1',
  })
})
