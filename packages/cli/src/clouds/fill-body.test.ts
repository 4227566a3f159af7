import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CommandError } from '../command-error.ts'
import { commandNamed } from '../commands/call.ts'
import { readConfig } from '../config.ts'
import { readCommandLine } from '../flags/command-line.ts'
import { withCloud } from './fill-body.ts'

const readFile = (path: string): string => readFileSync(path, 'utf8')

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yiduo-clouds-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const bodyOf = (args: readonly string[], environment: Record<string, string> = {}, operation = 'platform.add') => {
  const command = commandNamed(operation)
  const place = operation === 'platform.add' ? [] : ['plt_01ja8kz5v0e8y9m2n4p6q8r0st']
  return withCloud(
    command,
    readCommandLine(command, [...place, ...args], readFile),
    readConfig(environment, folder),
    readFile,
  )
}

const refusalOf = (args: readonly string[], environment = {}) => {
  try {
    bodyOf(args, environment)
  } catch (error) {
    return error instanceof CommandError ? error : null
  }
  return null
}

const cloudsYaml = `
clouds:
  lab:
    region_name: node1
    interface: internalURL
    verify: false
    cacert: CA_FILE
    auth:
      auth_url: https://lab.example:5000/v3
      username: admin
      project_name: yiduo
      user_domain_name: Default
      project_domain_name: Projects
  keyed:
    auth_type: v3applicationcredential
    auth:
      auth_url: https://keyed.example/v3
      application_credential_id: abc
      application_credential_secret: 123456
  byid:
    auth: { auth_url: https://x.example, username: u, password: p, project_id: 42 }
  open:
    auth: { username: u }
`

test('a cloud of clouds.yaml, with secure.yaml beside it, is all that a platform needs', () => {
  const ca = file('ca.pem', '-----BEGIN CERTIFICATE-----\n')
  const path = file('clouds.yaml', cloudsYaml.replace('CA_FILE', ca))
  file('secure.yaml', 'clouds: { lab: { auth: { password: "s3cret" } } }')
  expect(bodyOf(['--cloud', 'lab', '--clouds-yaml', path])).toEqual({
    driver: 'openstack',
    endpoint: 'https://lab.example:5000/v3',
    settings: {
      region: 'node1',
      interface: 'internal',
      insecure: true,
      caCertificate: '-----BEGIN CERTIFICATE-----\n',
      projectName: 'yiduo',
      userDomainName: 'Default',
      projectDomainName: 'Projects',
    },
    credential: { username: 'admin', password: 's3cret' },
  })
})

test('an application credential stands alone, and a number of YAML is text', () => {
  const path = file('clouds.yaml', cloudsYaml)
  expect(bodyOf(['--cloud', 'keyed', '--clouds-yaml', path])).toEqual({
    driver: 'openstack',
    endpoint: 'https://keyed.example/v3',
    settings: {},
    credential: { applicationCredentialId: 'abc', applicationCredentialSecret: '123456' },
  })
})

test('flags win over the file', () => {
  const path = file('clouds.yaml', cloudsYaml)
  const flags = ['--driver', 'mine', '--endpoint', 'https://other', '--setting', 'region=r2', '--credential', 'extra=1']
  expect(bodyOf(['--cloud', 'keyed', '--clouds-yaml', path, ...flags])).toMatchObject({
    driver: 'mine',
    endpoint: 'https://other',
    settings: { region: 'r2' },
    credential: { applicationCredentialId: 'abc', extra: '1' },
  })
})

test('an edit takes the new credential and leaves the driver alone', () => {
  const path = file('clouds.yaml', cloudsYaml)
  expect(bodyOf(['--cloud', 'keyed', '--clouds-yaml', path], {}, 'platform.edit')).not.toHaveProperty('driver')
})

test('the environment says the same as a file', () => {
  const environment = {
    OS_AUTH_URL: 'https://e.example/v3',
    OS_USERNAME: 'u',
    OS_PASSWORD: 'p',
    OS_PROJECT_NAME: 'yiduo',
    OS_USER_DOMAIN_NAME: 'Default',
    OS_REGION_NAME: 'r1',
    OS_INTERFACE: 'public',
  }
  expect(bodyOf(['--from-environment'], environment)).toEqual({
    driver: 'openstack',
    endpoint: 'https://e.example/v3',
    settings: { region: 'r1', interface: 'public', projectName: 'yiduo', userDomainName: 'Default' },
    credential: { username: 'u', password: 'p' },
  })
})

test('OS_CLIENT_CONFIG_FILE and OS_CLOUD say which file and which cloud', () => {
  const OS_CLIENT_CONFIG_FILE = file('mine.yaml', cloudsYaml)
  expect(bodyOf(['--from-environment'], { OS_CLIENT_CONFIG_FILE, OS_CLOUD: 'keyed' })).toMatchObject({
    endpoint: 'https://keyed.example/v3',
  })
})

test('without any of it the body is what the flags said', () => {
  expect(bodyOf(['--driver', 'sim'], { OS_USERNAME: 'u' })).toEqual({ driver: 'sim' })
})

test.each([
  ['clouds-yaml-missing', () => ['--cloud', 'lab', '--clouds-yaml', join(folder, 'none.yaml')]],
  ['cloud-unknown', () => ['--cloud', 'nobody', '--clouds-yaml', file('clouds.yaml', cloudsYaml)]],
  ['cloud-incomplete', () => ['--cloud', 'open', '--clouds-yaml', file('clouds.yaml', cloudsYaml)]],
  ['cloud-project-by-id', () => ['--cloud', 'byid', '--clouds-yaml', file('clouds.yaml', cloudsYaml)]],
  ['flag-needs', () => ['--clouds-yaml', file('clouds.yaml', cloudsYaml)]],
])('%s is told', (key, args) => {
  expect(refusalOf(args())?.key).toBe(key)
})

test('a broken file is told by its line, never by its words', () => {
  const path = file('clouds.yaml', 'clouds:\n  lab:\n    password: "s3cret\n')
  const refusal = refusalOf(['--cloud', 'lab', '--clouds-yaml', path])
  expect(refusal?.key).toBe('clouds-yaml-wrong')
  expect(JSON.stringify(refusal?.parameters)).not.toContain('s3cret')
  expect(Number(refusal?.parameters.line)).toBeGreaterThan(0)
})
