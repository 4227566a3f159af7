/** The three streams and the person behind them. */
export interface Terminal {
  /** Somebody can be asked. */
  readonly interactive: boolean
  /** Results: to standard output, with a line's end. */
  print(text: string): void
  /** Results that are no text: to standard output as they are. */
  write(chunk: Uint8Array): void
  /** Everything else (progress, advice, errors): to standard error, so that results can be piped on. */
  note(text: string): void
  /** A line of input; null at its end. Without echo for a secret. */
  ask(prompt: string, options?: { secret?: boolean }): Promise<string | null>
}
