export { createMailer, type Mailer, type Sent } from './mailer.ts'
