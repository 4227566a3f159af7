import pg from 'pg'

/** What pg's client tells the query whose turn it is; pg has all of it and types little. */
interface Part {
  name: string | undefined
  queryMode: 'extended'
  submit(connection: Connection): Error | null
  handleRowDescription(message: unknown): void
  handleDataRow(message: unknown): void
  handleCommandComplete(message: unknown, connection: Connection): void
  handleReadyForQuery(connection: Connection): void
}

/** A connection, with the statements that it knows by name and those that it was just sent. */
interface Connection extends pg.Connection {
  readonly parsedStatements: Record<string, string | undefined>
  readonly submittedNamedStatements: Record<string, string | undefined>
}

type Answer = (error: Error | null, results: readonly pg.QueryResult[]) => void

/**
 * Several statements in one message. PostgreSQL answers once it has done all of them, and from the first that fails on
 * does none. pg knows one at a time, and lets only queries of its own class into a pipeline.
 */
class Together extends pg.Query {
  readonly #statements: readonly pg.QueryConfig[]
  readonly #parts: readonly Part[]
  readonly #results: pg.QueryResult[] = []
  readonly #answer: Answer
  #done = 0
  #failed: Error | null = null

  constructor(statements: readonly pg.QueryConfig[], answer: Answer) {
    super({ text: '' })
    this.#answer = answer
    this.#statements = statements
    this.#parts = statements.map((it) => this.#partOf(it))
  }

  #partOf(statement: pg.QueryConfig): Part {
    const heard = (error: Error | undefined, result: unknown) => {
      if (error) this.#failed ??= error
      else this.#results.push(result as pg.QueryResult)
    }
    // Of a whole configuration pg makes a copy, which takes longer than all the rest here.
    const part = new pg.Query(statement.text, statement.values ?? [], heard) as unknown as Part
    part.name = statement.name
    part.queryMode = 'extended' // the simple one has no place among several
    return part
  }

  /** Nothing is sent where a value cannot be put into words. */
  override submit = (it: pg.Connection): Error | null => {
    const connection = it as Connection
    const messages: Uint8Array[] = []
    const gathering: Connection = Object.create(connection, {
      _send: { value: (message: Uint8Array) => messages.push(message) },
    })
    for (const part of this.#parts) {
      const refused = part.submit(gathering)
      this.#failed ??= refused
      // Each ends with a Sync, which asks for the answer; so does the whole, once.
      if (part !== this.#parts.at(-1)) messages.pop()
    }
    if (!this.#failed) connection.stream.write(Buffer.concat(messages))
    return this.#failed
  }

  handleRowDescription(message: unknown): void {
    this.#parts[this.#done]?.handleRowDescription(message)
  }

  handleDataRow(message: unknown): void {
    this.#parts[this.#done]?.handleDataRow(message)
  }

  handleCommandComplete(message: unknown, connection: Connection): void {
    this.#parts[this.#done]?.handleCommandComplete(message, connection)
    const { name, text } = this.#statements[this.#done] ?? {}
    if (name) {
      connection.parsedStatements[name] = text
      delete connection.submittedNamedStatements[name]
    }
    this.#done += 1
  }

  handleError(error: Error, connection: Connection): void {
    const [failed, ...notReached] = this.#statements.slice(this.#done)
    for (const { name } of notReached) if (name) delete connection.submittedNamedStatements[name]
    if (failed?.name) {
      delete connection.submittedNamedStatements[failed.name]
      delete connection.parsedStatements[failed.name]
      // Whether PostgreSQL knows it now depends on where it failed: it is made to forget it.
      connection.close({ type: 'S', name: failed.name }, true)
    }
    this.#answer(error, [])
  }

  handleReadyForQuery(connection: Connection): void {
    for (const part of this.#parts) part.handleReadyForQuery(connection)
    this.#answer(this.#failed, this.#results)
  }
}

/**
 * Their results, in order; no more is written and read than for one statement.
 *
 * @throws what the first of them that fails throws; those after it were not tried.
 */
export const together = (
  client: pg.ClientBase,
  statements: readonly pg.QueryConfig[],
): Promise<readonly pg.QueryResult[]> =>
  new Promise((resolve, reject) => {
    client.query(new Together(statements, (error, results) => (error ? reject(error) : resolve(results))))
  })
