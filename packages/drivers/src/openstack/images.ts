import { done, failure, isDone, type Outcome, type ProjectRef } from '@yiduo/driver-api'
import type { Cloud } from './cloud.ts'
import { type GlanceImage, imagesShape } from './shapes-identity.ts'

/** The newest usable image of a name: names are not unique, and a patched image replaces its forerunner that way. */
export async function imageNamed(cloud: Cloud, project: ProjectRef, name: string): Promise<Outcome<GlanceImage>> {
  const query = { name, status: 'active', sort: 'created_at:desc', limit: '1' }
  const found = await cloud.ask({ service: 'image', path: '/images', query, project }, imagesShape)
  if (!isDone(found)) return found
  const [newest] = found.value.images
  return newest === undefined
    ? failure('permanent', 'cloud-no-such-image', `no active image is named ${name}`)
    : done(newest)
}
