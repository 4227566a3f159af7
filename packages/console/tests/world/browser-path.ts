import { existsSync } from 'node:fs'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Debian's Chromium, or the one that is named; null where there is none. */
export const browserPath = (): string | null => {
  const named = process.env.YIDUO_BROWSER
  return named ?? places.find((it) => existsSync(it)) ?? null
}
