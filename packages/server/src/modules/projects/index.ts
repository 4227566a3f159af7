export { insertPastProjects, type PastProject } from './history-store.ts'
export { cidrOf } from './model.ts'
export { createProjectService, type ProjectService } from './service.ts'
