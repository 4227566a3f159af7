import { randomBytes } from 'node:crypto'
import { Type } from 'typebox'
import type { Login } from './conformance-target.ts'
import { newTag } from './openstack-world.ts'
import { askCloud, tellCloud, tryCloud } from './witness.ts'

/** A user with the role member in one project and nowhere else: what most clouds give their customers. */
export interface Member extends Login, AsyncDisposable {
  readonly projectId: string
}

export const createMember = async (): Promise<Member> => {
  const tag = newTag()
  const password = randomBytes(12).toString('hex')
  const made = Type.Object({ id: Type.String() })
  const { project, user } = await askCloud({
    project: { command: `project create ${tag}-member`, schema: made },
    user: { command: `user create --password ${password} ${tag}-member`, schema: made },
  })
  await tellCloud(`role add --project ${project.id} --user ${user.id} member`)
  return {
    projectId: project.id,
    username: `${tag}-member`,
    password,
    projectName: `${tag}-member`,
    [Symbol.asyncDispose]: async () => {
      await tryCloud(`user delete ${user.id}`, `project delete ${project.id}`)
      await dropSecurityGroups(project.id)
    },
  }
}

/** Neutron keeps the default group of a project that is gone. */
const dropSecurityGroups = async (projectId: string): Promise<void> => {
  const groups = {
    command: 'security group list',
    schema: Type.Array(Type.Object({ ID: Type.String(), Project: Type.String() })),
  }
  const { left } = await askCloud({ left: groups })
  await tryCloud(...left.filter((it) => it.Project === projectId).map((it) => `security group delete ${it.ID}`))
}
