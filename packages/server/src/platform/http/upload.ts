import { Readable } from 'node:stream'
import { fault, uploadMediaType } from '@yiduo/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { FaultError } from '../../kernel/refusal.ts'

/** A file on its way in: read once, as it comes. */
export interface Upload {
  readonly sizeBytes: number
  readonly content: AsyncIterable<Buffer>
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route takes a file. */
    upload?: boolean
  }
}

/** Lets routes that take files have them as they come; to any other such a body is not readable. */
export const takeUploads = (app: FastifyInstance): void => {
  app.addContentTypeParser(uploadMediaType, (request, payload, done) =>
    request.routeOptions.config.upload ? done(null, payload) : done(new FaultError(fault('body-unreadable'))),
  )
}

/** Whoever stops reading leaves the connection as it is: torn down, it would take the answer with it. */
async function* contentOf(stream: Readable): AsyncGenerator<Buffer> {
  try {
    yield* stream.iterator({ destroyOnReturn: false })
  } catch (error) {
    throw new FaultError(fault('attachment-cut-off'), error)
  }
}

export const uploadOf = (request: FastifyRequest): Upload | null => {
  const sizeBytes = Number(request.headers['content-length'])
  if (!(request.body instanceof Readable) || !Number.isSafeInteger(sizeBytes) || sizeBytes <= 0) return null
  return { sizeBytes, content: contentOf(request.body) }
}
