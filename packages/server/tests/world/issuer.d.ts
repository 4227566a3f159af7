/** An issuer of OpenID Connect that runs, and what people do at it. */
export interface Issuer extends AsyncDisposable {
  readonly url: string
  /** Everybody it knows, by subject. */
  setAccounts(accounts: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Promise<void>
  /** Signs on as somebody from a link, in a browser of its own, and answers what comes back to the console. */
  signOn(
    link: string,
    subject: string,
  ): Promise<{
    parameters: Record<string, string>
    logOut: () => Promise<void>
  }>
  /** Sends nothing any more, as if its machine were off. */
  stop(): Promise<void>
}
export declare const clientId = 'yiduo'
export declare const clientSecret = 'client-secret-of-these-tests'
/** `home` is where the province is reached; it may come back there, and is told there who logs out. */
export declare const startIssuer: (home: string, code: string) => Promise<Issuer>
