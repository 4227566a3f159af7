import type { RequestState } from '@yiduo/contract'

/** What a state means to whoever looks: colour follows, words stay. */
export type Tone = 'neutral' | 'busy' | 'waiting' | 'good' | 'bad' | 'over'

export const requestTones: Readonly<Record<RequestState, Tone>> = {
  draft: 'neutral',
  collecting: 'waiting',
  consolidated: 'waiting',
  submitted: 'waiting',
  returned: 'bad',
  rejected: 'over',
  discarded: 'over',
  delivering: 'busy',
  'delivery-failed': 'bad',
  testing: 'waiting',
  formal: 'good',
  recycling: 'busy',
  'recycle-failed': 'bad',
  recycled: 'over',
  restoring: 'busy',
  reclaiming: 'busy',
  'reclaim-failed': 'bad',
  reclaimed: 'over',
  completed: 'good',
  settled: 'good',
}

/** By state, over all the lists of states that are not requests'. */
const tones: Readonly<Record<string, Tone>> = {
  planned: 'neutral',
  building: 'busy',
  test: 'waiting',
  formal: 'good',
  recycled: 'over',
  reclaiming: 'busy',
  reclaimed: 'over',
  failed: 'bad',
  queued: 'neutral',
  running: 'busy',
  undoing: 'busy',
  succeeded: 'good',
  'failed-with-residue': 'bad',
  waiting: 'neutral',
  done: 'good',
  undone: 'over',
  residue: 'bad',
  unprobed: 'neutral',
  online: 'good',
  unreachable: 'bad',
  refused: 'bad',
  draft: 'neutral',
  submitted: 'waiting',
  returned: 'bad',
  approved: 'good',
  rejected: 'over',
  discarded: 'over',
  asked: 'neutral',
  delivering: 'busy',
  delivered: 'good',
  dropped: 'over',
  open: 'waiting',
  agreed: 'good',
  ended: 'over',
  assigned: 'busy',
  declined: 'over',
  dismissed: 'over',
  settled: 'good',
  released: 'good',
  withdrawn: 'over',
  accepted: 'good',
  provisional: 'waiting',
  closed: 'good',
  disputed: 'bad',
  confirmed: 'busy',
  'operator-signed': 'busy',
  'authority-signed': 'busy',
  signed: 'good',
  stopped: 'over',
}

export const toneOf = (state: string): Tone => tones[state] ?? 'neutral'

export const tagColours: Readonly<Record<Tone, string>> = {
  neutral: 'default',
  busy: 'processing',
  waiting: 'warning',
  good: 'success',
  bad: 'error',
  over: 'default',
}

/** Dots of a timeline. */
export const dotColours: Readonly<Record<Tone, string>> = {
  neutral: 'gray',
  busy: 'blue',
  waiting: 'blue',
  good: 'green',
  bad: 'red',
  over: 'gray',
}
