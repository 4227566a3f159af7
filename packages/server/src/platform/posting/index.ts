export { isLoopback, isNetwork } from './addresses.ts'
export { createPoster, type Poster } from './poster.ts'
