import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** What no page of ours needs from the browser. */
const unused = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
]

/** Of every answer; a page says more of itself. */
const headers = Object.entries({
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'permissions-policy': unused.map((feature) => `${feature}=()`).join(', '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cache-control': 'no-store',
})

/** A year, the least that browsers' preload lists take. Over plain HTTP it would be ignored, and shut out who tries it. */
const strictTransport = 'max-age=31536000; includeSubDomains'

/** For an answer that no hook sees. */
export const secure = (request: FastifyRequest, reply: FastifyReply): void => {
  for (const [name, value] of headers) reply.raw.setHeader(name, value)
  if (request.protocol === 'https') reply.raw.setHeader('strict-transport-security', strictTransport)
}

/**
 * Set on the answer beneath fastify's own, so that streams and answers of plugins carry them too; what a route says of
 * the same name replaces it.
 */
export const secureAnswers = (app: FastifyInstance): void => {
  app.addHook('onRequest', async (request, reply) => secure(request, reply))
}

/** Nothing from elsewhere, no frame around it. Ant Design writes its styles into the page. */
const ofPage = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
]

/** Some browsers do not count WebSockets of the own host as `'self'`: it is named, unless what was sent is no host. */
export const pagePolicy = ({ host, protocol }: Pick<FastifyRequest, 'host' | 'protocol'>): string => {
  const own = /^[\w.-]+(:\d{1,5})?$|^\[[\da-fA-F:.]+\](:\d{1,5})?$/.test(host)
  const socket = own ? ` ${protocol === 'https' ? 'wss' : 'ws'}://${host}` : ''
  return [...ofPage, `connect-src 'self'${socket}`].join('; ')
}
