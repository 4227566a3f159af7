import { describe } from 'vitest'

/** A real OpenStack and an administrator of it, as the variables of its own CLI tell. */
export interface OpenstackLab {
  readonly authUrl: string
  readonly region: string
  readonly username: string
  readonly password: string
  readonly projectName: string
  readonly userDomainName: string
  readonly projectDomainName: string
}

const { OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME, OS_REGION_NAME, OS_USER_DOMAIN_NAME } = process.env

const found: OpenstackLab | null =
  OS_AUTH_URL && OS_USERNAME && OS_PASSWORD && OS_PROJECT_NAME && OS_REGION_NAME
    ? {
        authUrl: OS_AUTH_URL,
        region: OS_REGION_NAME,
        username: OS_USERNAME,
        password: OS_PASSWORD,
        projectName: OS_PROJECT_NAME,
        userDomainName: OS_USER_DOMAIN_NAME ?? 'Default',
        projectDomainName: process.env.OS_PROJECT_DOMAIN_NAME ?? 'Default',
      }
    : null

/** Only inside tests of `describeOpenstack`: they run with a lab only. */
export const openstackLab = (): OpenstackLab => {
  if (found === null) throw new Error('there is no OpenStack: OS_AUTH_URL, OS_USERNAME, … are not set')
  return found
}

/** Skipped, and counted as skipped, where there is no OpenStack. */
export const describeOpenstack = (what: string, body: () => void): void => {
  describe.skipIf(found === null)(`${what} (OpenStack by OS_AUTH_URL)`, body)
}

/** The longest that anything on a small and busy cloud has reason to take. */
export const patienceMs = 420_000

/** What the lab offers under these names; the plans of the tests are equal to them. */
export const imageName = 'tiny-linux'
export const flavours = {
  tiny: { name: 'm1.tiny', vcpus: 1, memoryMib: 512, diskGib: 1 },
  small: { name: 'm1.small', vcpus: 1, memoryMib: 2_048, diskGib: 20 },
  medium: { name: 'm1.medium', vcpus: 2, memoryMib: 4_096, diskGib: 40 },
} as const
