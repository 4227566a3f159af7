import { fault } from '@yiduo/contract'
import type { FastifyInstance } from 'fastify'
import { FaultError } from '../../kernel/refusal.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route takes a form. */
    form?: boolean
  }
}

/** For routes that another's protocol calls; any page of the web can send a form, so no other route reads one. */
export const takeForms = (app: FastifyInstance): void => {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (request, body, done) =>
    request.routeOptions.config.form
      ? done(null, Object.fromEntries(new URLSearchParams(body.toString())))
      : done(new FaultError(fault('body-unreadable'))),
  )
}
