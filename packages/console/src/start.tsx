import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App, prepare } from './app.tsx'
import { startI18n } from './i18n/index.ts'

const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root')

await Promise.all([prepare(), startI18n()])
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
