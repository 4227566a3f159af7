import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { pagePolicy } from './security-headers.ts'

/** Stands until the console is built: a first start does that beside its own work. */
const waiting = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="refresh" content="1">
<meta name="viewport" content="width=device-width"><title>一朵 Yiduo</title>
<body style="font-family:system-ui;display:grid;place-content:center;min-height:90vh;text-align:center;color:#1d3557">
<h1>一朵 Yiduo</h1><p>控制台正在构建，稍候自动打开……<br>若一直如此，请运行 <code>npm run build</code>。</p>
<p lang="en">The console is being built and opens by itself in a moment.<br>If it never does, run <code>npm run build</code>.</p>`

const page = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-cache')
    .header('content-security-policy', pagePolicy(request))

const notPages = /^\/(api|docs|assets|openapi\.json|healthz|readyz|metrics)(\/|$|\?)/

/** A build that comes later needs the folder now; where this process may write nothing, no build comes. */
const isMade = (folder: string): boolean => {
  try {
    mkdirSync(folder, { recursive: true })
    return true
  } catch {
    return existsSync(folder)
  }
}

/** Serves the built console from `folder`: what has a hash in its name for ever, every other address as the one page. */
export const routePages = async (app: FastifyInstance, folder: string): Promise<void> => {
  const assets = join(folder, 'assets')
  if (isMade(assets)) {
    const forEver = { immutable: true, maxAge: '365d' } as const
    await app.register(fastifyStatic, {
      root: assets,
      prefix: '/assets/',
      preCompressed: true,
      index: false,
      ...forEver,
    })
    app.get('/favicon.svg', (_request, reply) => reply.sendFile('favicon.svg', folder))
  }
  app.get('/*', (request, reply) => {
    if (notPages.test(request.url)) return reply.callNotFound()
    if (!existsSync(join(folder, 'index.html'))) return page(request, reply).code(503).send(waiting)
    return page(request, reply).sendFile('index.html', folder, { cacheControl: false, maxAge: 0 })
  })
}
