import { done, failure, isDone, type Outcome, type ProjectRef } from '@yiduo/driver-api'
import type { Cloud } from './cloud.ts'
import { pageLimit } from './paging.ts'
import { type GlanceImage, imageMemberShape, imagesShape } from './shapes-identity.ts'

/**
 * The newest usable image of a name: names are not unique, and a patched image replaces its forerunner that way.
 * Only what is public, the project's own or shared with it: an administrator is shown everybody's, also a private one
 * that a stranger has given the same name.
 */
export async function imageNamed(cloud: Cloud, project: ProjectRef, name: string): Promise<Outcome<GlanceImage>> {
  const query = { name, status: 'active', sort: 'created_at:desc', limit: String(pageLimit) }
  const found = await cloud.ask({ service: 'image', path: '/images', query, project }, imagesShape)
  if (!isDone(found)) return found
  for (const image of found.value.images) {
    const usable = await isFor(cloud, project, image)
    if (!isDone(usable)) return usable
    if (usable.value) return done(image)
  }
  return failure('permanent', 'cloud-no-such-image', `no active image is named ${name}`)
}

async function isFor(cloud: Cloud, project: ProjectRef, image: GlanceImage): Promise<Outcome<boolean>> {
  if (image.visibility === 'public' || image.owner === project.projectId) return done(true)
  if (image.visibility !== 'shared') return done(false)
  const path = `/images/${encodeURIComponent(image.id)}/members/${encodeURIComponent(project.projectId)}`
  const member = await cloud.ask({ service: 'image', path, project }, imageMemberShape)
  if (isDone(member)) return done(member.value.status === 'accepted')
  return member.outcome === 'absent' || member.outcome === 'denied' ? done(false) : member
}
