/** A state machine is a table: from each state, which event leads where. Nothing else decides what is allowed. */
export type StateMachine<State extends string, Event extends string> = {
  readonly [S in State]: { readonly [E in Event]?: State }
}

/** The next state, or null where the table does not allow the event. */
export const next = <State extends string, Event extends string>(
  machine: StateMachine<State, Event>,
  state: State,
  event: Event,
): State | null => machine[state][event] ?? null
