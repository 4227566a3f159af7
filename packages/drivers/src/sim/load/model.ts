/** What a server does all day, as a kind; a measurement is a function of it, the cloud's seed, the thing and the instant. */
export interface LoadProfile {
  /** Percent of its cores: in the quiet hours, and in the busiest. */
  readonly cpu: readonly [quiet: number, busy: number]
  /** Percent of its memory, which hardly follows the hours. */
  readonly memory: number
  /** In the busiest hour, a core. */
  readonly networkKbps: number
  /** Hours of the day, Asia/Shanghai, between which it is busy. */
  readonly hours: readonly [from: number, to: number]
  /** Part of the business of a working day that a day of the weekend has. */
  readonly weekend: number
}

export const loadProfiles = {
  office: { cpu: [4, 45], memory: 52, networkKbps: 900, hours: [8, 18], weekend: 0.15 },
  public: { cpu: [6, 55], memory: 58, networkKbps: 2_400, hours: [7, 23], weekend: 0.7 },
  nightly: { cpu: [5, 78], memory: 61, networkKbps: 1_500, hours: [1, 5], weekend: 1 },
  /** Nobody uses it: what its own system does, and nothing else. */
  idle: { cpu: [0.4, 0.9], memory: 8, networkKbps: 0.05, hours: [8, 18], weekend: 1 },
  /** Used, and far too large for it. */
  oversized: { cpu: [1.5, 7], memory: 13, networkKbps: 300, hours: [8, 18], weekend: 0.2 },
  /** Used beyond what is good for it. */
  strained: { cpu: [58, 96], memory: 91, networkKbps: 3_000, hours: [7, 23], weekend: 0.9 },
} as const satisfies Record<string, LoadProfile>
export type LoadProfileName = keyof typeof loadProfiles

export const isLoadProfile = (name: string): name is LoadProfileName => Object.hasOwn(loadProfiles, name)

export interface Load {
  readonly cpuPercent: number
  readonly memoryPercent: number
  readonly networkKbps: number
}

export interface LoadAsk {
  readonly seed: number
  /** The cloud's id of the server. */
  readonly thing: string
  readonly profile: LoadProfileName
  readonly vcpus: number
  readonly at: Date
}

const hourMs = 3_600_000
/** One measurement in five minutes: within them nothing changes. */
const slotMs = 5 * 60_000

/** From 0 up to 1, the same for the same words (FNV-1a, then mixed: neighbours must not look alike). */
const chance = (words: string): number => {
  let hash = 0x811c9dc5
  for (let index = 0; index < words.length; index++) hash = Math.imul(hash ^ words.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}

/** How busy the hour is, 0–1: it swells in the first hour, and ebbs in the last. */
const businessAt = ({ hours: [from, to], weekend }: LoadProfile, at: Date): number => {
  const local = new Date(at.getTime() + 8 * hourMs) // Asia/Shanghai knows no summer time
  const hour = local.getUTCHours() + local.getUTCMinutes() / 60
  const swell = Math.max(0, Math.min(1, hour - from + 1, to - hour))
  const day = local.getUTCDay()
  return swell * (day === 0 || day === 6 ? weekend : 1)
}

/** What a measurement of the server at an instant shows. The same ask has the same answer for ever. */
export const loadOf = ({ seed, thing, profile: name, vcpus, at }: LoadAsk): Load => {
  const profile = loadProfiles[name]
  const slot = Math.floor(at.getTime() / slotMs)
  const business = businessAt(profile, new Date(slot * slotMs))
  /** Each server has a level of its own, and each five minutes their own weather. */
  const own = 0.85 + 0.3 * chance(`${seed} ${thing}`)
  const weather = 0.9 + 0.2 * chance(`${seed} ${thing} ${slot}`)
  const [quiet, busy] = profile.cpu
  const among = (value: number): number => Math.round(Math.min(100, Math.max(0, value)) * 100) / 100
  return {
    cpuPercent: among((quiet + (busy - quiet) * business) * own * weather),
    memoryPercent: among(profile.memory * own * (0.98 + 0.04 * chance(`${seed} ${thing} ${slot} memory`))),
    networkKbps: Math.round(profile.networkKbps * vcpus * (0.05 + 0.95 * business) * own * weather * 100) / 100,
  }
}
