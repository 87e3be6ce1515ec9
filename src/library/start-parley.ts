import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAuthority } from '../../ca/index.ts'
import { openRun, type Run } from '../cli/run.ts'
import { parseFilter } from '../filter/parser.ts'
import { hostAndPort, reachable } from '../model/host-and-port.ts'
import { type Capture, openCapture } from '../store/capture.ts'
import { decodedBody } from '../view/body/decoded.ts'
import { inflatedMessages } from '../view/frames/websocket-inflate.ts'
import { type OnHeld, setBreakpoint } from './breakpoint.ts'
import { type CaptureReader, type Flow, readerOf } from './capture-reader.ts'
import { childEnvironment } from './child-environment.ts'
import { EndedFlows } from './ended-flows.ts'
import { FunctionRules, type RuleOption } from './function-rules.ts'
import { type ParleyOptions, runOptionsOf } from './options.ts'
import { type Pushed, pushed } from './pushed.ts'

/** A proxy that runs and records, in threads of its own. Any number run at once. */
export interface Parley extends AsyncDisposable {
  readonly host: string
  readonly port: number
  /** As clients take it: `http://127.0.0.1:43210`. */
  readonly url: string
  /** PEM of the root that clients are to trust, and its file. */
  readonly certificate: string
  readonly certificatePath: string
  /** What is recorded, while it is recorded; closed by `close()`. */
  readonly capture: CaptureReader
  /**
   * Each flow that fits, once, when it has ended and what went wrong with it is known; those that ended before the call
   * come first. The loop ends with `close()`, which lets flows that still run come too. Throws FilterError at once.
   */
  flows(filter?: string): AsyncIterableIterator<Flow>
  /**
   * The first flow that fits, one that ended before among them. Rejects with a TimeoutError after `timeout` ms (10,000
   * unless told), and with an Error if Parley is closed before.
   */
  flow(filter: string, timeout?: number): Promise<Flow>
  /** What hindered the recording or cost a connection, in a sentence, until `close()`: a full disk, a function that threw. */
  troubles(): AsyncIterableIterator<string>
  /**
   * From now on these rules are in force, and no others. Throws RuleError or RulePartError for a mistake; then the rules
   * before stay. Resolves when the next message goes by them.
   */
  setRules(rules: readonly RuleOption[]): Promise<void>
  /**
   * From now on each message that fits waits, after the rules, until the function has decided: it goes on, is changed, is
   * answered in the server's place, or dropped. Where the function throws, the message goes on and `troubles()` tells.
   * One at a time: a second one is an Error until the first is ended. Rejects with FilterError. Gives how to end it; what
   * waits then goes on.
   */
  breakpoint(filter: string, onHeld: OnHeld): Promise<() => void>
  /** Variables that send a child process through Parley and make it trust the root; their files go with `close()`. */
  environment(): Promise<Readonly<Record<string, string>>>
  /** Ends every connection, the threads and what was temporary. A second time does nothing. */
  close(): Promise<void>
}

/**
 * Starts a proxy. Rejects with RunError: EADDRINUSE, EACCES, `ca/…`, `store/…`; with RuleError or RulePartError for a
 * mistake in a rule.
 *
 * @example
 * await using parley = await startParley()
 * // send something through parley.url with a client that trusts parley.certificate
 * const flow = await parley.flow('~u /users')
 * assert.equal(parley.capture.connection(flow.connection)?.legs.client.tls?.negotiated.version?.name, 'TLS 1.3')
 */
export async function startParley(options: ParleyOptions = {}): Promise<Parley> {
  const rules = new FunctionRules()
  const sources = rules.sources(options.rules ?? [])
  const folder = mkdtempSync(join(tmpdir(), 'parley-'))
  const authorityFolder = options.authority ?? join(folder, 'ca')
  const removeAll = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  try {
    const capture = options.capture ?? join(folder, 'capture.parley')
    const run = await openRun(
      { ...runOptionsOf(options, { authority: authorityFolder, capture }), functions: rules.functions },
      sources,
    )
    const authority = await openAuthority(authorityFolder)
    const stored = openCapture(capture, { decode: { body: decodedBody, messages: inflatedMessages } })
    return parleyOf({ run, rules, stored, folder, trust: options.trust ?? [], ...pick(authority), removeAll })
  } catch (error) {
    removeAll()
    throw error
  }
}

interface Parts {
  readonly run: Run
  readonly rules: FunctionRules
  readonly stored: Capture
  readonly folder: string
  readonly trust: readonly string[]
  readonly certificate: string
  readonly certificatePath: string
  readonly removeAll: () => void
}

const pick = ({ certificatePem, certificatePath }: Awaited<ReturnType<typeof openAuthority>>) => ({
  certificate: certificatePem,
  certificatePath,
})

function parleyOf({ run, rules, stored, folder, trust, certificate, certificatePath, removeAll }: Parts): Parley {
  const streams = new Set<Stream>()
  const troubles = new Set<Pushed<string>>()
  const tell = (text: string): void => {
    for (const each of troubles) each.push(text)
  }
  run.onChange(changes => {
    for (const stream of streams) stream.look(changes)
  })
  run.onTrouble(({ message }) => tell(message))
  const at = { host: reachable(run.host), port: run.port }
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    await run.holds.end()
    await run.close()
    for (const stream of [...streams]) stream.end()
    for (const each of [...troubles]) each.end()
    stored.close()
    removeAll()
  }
  const flows = (filter?: string): AsyncIterableIterator<Flow> => {
    if (closing) throw new Error('Parley is closed')
    const stream = flowStream(stored, filter, () => streams.delete(stream))
    streams.add(stream)
    stream.look()
    return stream.read
  }
  return {
    ...{ host: run.host, port: run.port, url: `http://${hostAndPort(at)}`, certificate, certificatePath },
    capture: readerOf(stored),
    flows,
    flow: async (filter, timeout = 10_000) => firstOf(flows(filter), filter, timeout),
    troubles() {
      const read = pushed<string>(() => troubles.delete(read))
      if (closing) read.end()
      else troubles.add(read)
      return read
    },
    async setRules(changed) {
      run.setRules(rules.sources(changed))
      await run.settled()
    },
    async breakpoint(filter, onHeld) {
      const stop = setBreakpoint(run.holds, filter, onHeld, error =>
        tell(`the function of a breakpoint failed: ${error}`),
      )
      await run.settled()
      return stop
    },
    environment: () => childEnvironment(folder, at, [...trust, certificate]),
    close: () => (closing ??= close()),
    [Symbol.asyncDispose]: () => (closing ??= close()),
  }
}

interface Stream {
  readonly read: Pushed<Flow>
  look(changes?: Parameters<EndedFlows['look']>[0]): void
  end(): void
}

function flowStream(capture: Capture, filter: string | undefined, onLeft: () => void): Stream {
  const ended = new EndedFlows(capture, filter === undefined ? undefined : parseFilter(filter))
  const read = pushed<Flow>(onLeft)
  const push = (changes: Parameters<EndedFlows['look']>[0], last: boolean): void => {
    try {
      for (const flow of ended.look(changes, last)) read.push(flow)
    } catch (error) {
      read.fail(error)
    }
  }
  return {
    read,
    look: changes => push(changes, false),
    end() {
      push(undefined, true)
      read.end()
    },
  }
}

async function firstOf(flows: AsyncIterableIterator<Flow>, filter: string, timeout: number): Promise<Flow> {
  const late = Promise.withResolvers<never>()
  const say = `no flow fitted ${filter} in ${timeout} ms`
  const timer = setTimeout(() => late.reject(new DOMException(say, 'TimeoutError')), timeout)
  try {
    const { value, done } = await Promise.race([flows.next(), late.promise])
    if (done) throw new Error(`no flow fitted ${filter} before Parley was closed`)
    return value
  } finally {
    clearTimeout(timer)
    await flows.return?.()
  }
}
