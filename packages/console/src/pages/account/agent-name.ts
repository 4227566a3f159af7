/** In this order: Edge calls itself Chrome as well, and Chrome Safari. */
const browsers = [
  ['Edge', /Edg\/(\d+)/],
  ['Firefox', /Firefox\/(\d+)/],
  ['Chrome', /Chrome\/(\d+)/],
  ['Safari', /Version\/(\d+).*Safari/],
] as const
const systems = [
  ['Windows', /Windows/],
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
] as const

/** `Chrome 141 · Windows` of what a browser calls itself; a program as it does. */
export const agentName = (agent: string): string => {
  const browser = browsers.find(([, pattern]) => pattern.test(agent))
  if (!browser) return agent
  const [name, pattern] = browser
  const system = systems.find(([, it]) => it.test(agent))?.[0]
  return [`${name} ${pattern.exec(agent)?.[1] ?? ''}`, ...(system ? [system] : [])].join(' · ')
}
