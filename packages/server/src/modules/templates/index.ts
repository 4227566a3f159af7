export type { LineTemplate, TemplateLine } from './order.ts'
export { routeTemplates } from './routes.ts'
export { createTemplateService, type TemplateService } from './service.ts'
