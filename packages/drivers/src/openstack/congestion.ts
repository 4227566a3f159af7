/** Gives a service no more calls at once than it answers in time. */
export interface Congestion {
  /** Waits for its turn, and answers what to call when the answer is there, or late. */
  enter(origin: string): Promise<(answered: 'in-time' | 'late' | 'unsent') => void>
}

interface Service {
  /** How many calls may be under way; a fraction grows towards the next. */
  window: number
  underWay: number
  /** Counts how often the window was halved: calls sent before the last time say nothing about it. */
  halvings: number
  readonly waiting: (() => void)[]
}

/** Clouds run few API workers: more at once only lengthens their queue, where nobody can take a call back. */
const most = 16
const first = 8

/**
 * As TCP does (RFC 5681): a late answer halves the window, each answer in time widens it by a part. What waits, waits
 * here: a call whose time has passed in the cloud's own queue is carried out there all the same, long after we have looked
 * for its effect.
 */
export function createCongestion(): Congestion {
  const services = new Map<string, Service>()

  const serviceAt = (origin: string): Service => {
    const known = services.get(origin) ?? { window: first, underWay: 0, halvings: 0, waiting: [] }
    services.set(origin, known)
    return known
  }

  const admit = (service: Service): void => {
    while (service.underWay < Math.floor(service.window)) {
      const next = service.waiting.shift()
      if (!next) return
      service.underWay += 1
      next()
    }
  }

  return {
    async enter(origin) {
      const service = serviceAt(origin)
      await new Promise<void>((resolve) => {
        service.waiting.push(resolve)
        admit(service)
      })
      const sentAfter = service.halvings
      return (answered) => {
        service.underWay -= 1
        if (answered === 'in-time') service.window = Math.min(most, service.window + 1 / service.window)
        else if (answered === 'late' && sentAfter === service.halvings) {
          service.window = Math.max(1, service.window / 2)
          service.halvings += 1
        }
        admit(service)
      }
    },
  }
}
