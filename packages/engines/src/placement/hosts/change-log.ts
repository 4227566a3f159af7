/** Which hosts have changed, in order, as far back as there is room. Readers keep a position each. */
export interface ChangeLog {
  readonly push: (host: number) => void
  /** Position after the newest change. */
  readonly end: () => number
  /** Visits each host that has changed since, once; every host when that is too long ago to be known. */
  readonly visitSince: (position: number, visit: (host: number) => void) => void
}

/** Twice the hosts: a reader that is further behind does better to look at every host. */
export const createChangeLog = (hosts: number): ChangeLog => {
  const room = 2 ** Math.ceil(Math.log2(hosts * 2 + 16))
  const ring = new Int32Array(room)
  const visitedIn = new Uint32Array(hosts)
  let round = 0
  let end = 0
  const visitSome = (position: number, visit: (host: number) => void): void => {
    round++
    for (let at = position; at < end; at++) {
      const host = ring[at % room] ?? 0
      if (visitedIn[host] === round) continue
      visitedIn[host] = round
      visit(host)
    }
  }
  return {
    push: (host) => {
      ring[end % room] = host
      end++
    },
    end: () => end,
    visitSince: (position, visit) => {
      if (position >= end - room) visitSome(position, visit)
      else for (let host = 0; host < hosts; host++) visit(host)
    },
  }
}
