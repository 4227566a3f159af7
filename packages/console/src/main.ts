import { bringLanguage } from './i18n/languages.ts'
import { localePreference } from './preferences.ts'
import './main.css'

// Side by side: texts are there by the time the code has been read. Where they cannot be brought, the start says so.
bringLanguage(localePreference.get()).catch(() => undefined)
void import('./start.tsx')
