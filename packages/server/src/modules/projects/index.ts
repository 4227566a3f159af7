export { createProjectService, type ProjectService } from './service.ts'
