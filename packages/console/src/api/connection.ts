import { createStore } from '../store.ts'

/** Whether the server answered the last call. */
export const connection = createStore<'online' | 'lost'>('online')

/** `over`: the server no longer knows the session; the page stays, so that nothing in it is lost. */
export const sessionState = createStore<'unknown' | 'open' | 'none' | 'over'>('unknown')
