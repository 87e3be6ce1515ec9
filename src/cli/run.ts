import { MessageChannel, type Worker } from 'node:worker_threads'
import type { Changes } from '../model/changes.ts'
import type { ExchangeId } from '../model/exchange.ts'
import type { HoldLimits } from '../proxy/holds.ts'
import type { ProxyOptions, ReversedServer } from '../proxy/services.ts'
import type { RuleSource } from '../rules/rule.ts'
import { removeCapture } from '../store/capture-files.ts'
import type { Note } from '../store/notes.ts'
import { HeldHere } from './held-here.ts'
import type { RuleWishes } from './rule-wishes.ts'
import { RunError } from './run-error.ts'
import { askThrough, type SendAsk } from './threads/asks.ts'
import { answerCalls, type NamedFunctions } from './threads/called-functions.ts'
import type { EngineSays, Listening, RecorderSays, ToEngine, ToRecorder } from './threads/messages.ts'
import type { Serving } from './threads/serve-capture.ts'
import { settledThrough } from './threads/settled.ts'
import { startThread } from './threads/start-thread.ts'

export interface RunOptions {
  readonly proxy: ProxyOptions
  readonly capturePath: string
  readonly upstreamRoots: readonly string[]
  /** Paths of --mitm-script. */
  readonly scripts?: readonly string[]
  readonly holds?: HoldLimits
  /** A capture answers in the place of all servers. */
  readonly serving?: Serving
  readonly rules?: RuleWishes
  /** ms that one call of a script of a rule may take. */
  readonly scriptPatience?: number
  /** Functions of this program that rules call; others may come while it runs. */
  readonly functions?: NamedFunctions
  /** The firewall's rules are set while the run lasts. */
  readonly setup?: boolean
  readonly keyLogPath?: string
  /** URL of an OpenTelemetry collector that is told of every flow. */
  readonly otlp?: string
  /** File in which apps write their own secrets, for connections that pass through. */
  readonly appKeyLogPath?: string
  readonly bodyLimit: number
  readonly diskLimit?: number
}

export interface Trouble {
  readonly message: string
  /** Nothing is recorded any more. */
  readonly stopped: boolean
  /** It is recorded again. */
  readonly resumed?: true
}

/** A proxy that runs and records. */
export interface Run {
  readonly host: string
  readonly port: number
  /** Where it listens in the place of a server. */
  readonly reverse: readonly { readonly host: string; readonly port: number; readonly server: ReversedServer }[]
  readonly capturePath: string
  /** Returns how to stop listening. */
  onChange(listener: (changes: Changes) => void): () => void
  /** A failure that does not end the proxy, such as a full disk. Returns how to stop listening. */
  onTrouble(listener: (trouble: Trouble) => void): () => void
  log(text: string): void
  /** Keeps a mark or comment with the flow. */
  note(flow: ExchangeId, note: Note): void
  /** From now on, connections to hosts of this pattern are not opened. */
  passThrough(host: string): void
  /** From now on, they are again. */
  observe(host: string): void
  /** Patterns of the hosts that are not opened. */
  readonly passedThrough: ReadonlySet<string>
  /** From now on these rules are in force, which have been read for mistakes. */
  setRules(rules: readonly RuleSource[]): void
  /** The rules in force, and how often each matched a message or connection. Another value after each change. */
  readonly ruleHits: RuleHits
  /** What the command line asks for. */
  readonly ruleWishes: RuleWishes | undefined
  /** Has a request of Parley's own sent and recorded. Never rejects; `undefined` where the run has ended. */
  readonly send: SendAsk
  /** Messages that wait for a person. */
  readonly holds: HeldHere
  /** Resolves when the rules and breakpoints that were set up to now are in force. */
  readonly settled: () => Promise<void>
  /** Ends every connection and the capture file. */
  close(): Promise<void>
}

export interface RuleHits {
  readonly rules: readonly RuleSource[]
  readonly hits: readonly number[]
}

const behind = 48 // slabs of 256 KB: half a second of a fast download

/** Starts recorder and engine, and resolves when the proxy accepts connections. Throws RunError. */
export async function openRun(options: RunOptions, rules: readonly RuleSource[] = []): Promise<Run> {
  const threads = startThreads(options, rules)
  const { engine, recorder } = threads
  const recording = opened(recorder)
  try {
    const [, { host, port, reverse }] = await Promise.all([recording, listening(engine)])
    return running(options, threads, { host, port, reverse }, rules)
  } catch (error) {
    threads.closing = true
    const made = await recording.then(
      () => true,
      () => false,
    )
    await Promise.all([engine.terminate(), recorder.terminate()])
    if (made) removeCapture(options.capturePath) // it holds nothing
    throw error
  }
}

interface Threads {
  readonly engine: Worker
  readonly recorder: Worker
  readonly recorderClosed: Promise<void>
  /** Nothing is sent to them any more. */
  closing: boolean
  log(text: string, level: 'debug' | 'info'): void
}

/** Both threads, with the tape between them. What they print goes to the log. */
function startThreads(options: RunOptions, rules: readonly RuleSource[]): Threads {
  const { capturePath, bodyLimit, keyLogPath, appKeyLogPath, diskLimit, proxy, upstreamRoots } = options
  const { scripts = [], holds, serving, scriptPatience, functions } = options
  const { port1, port2 } = new MessageChannel()
  const print = (line: string): void => threads.log(line, 'debug')
  // the engine has more to load before its first word
  const started = {
    proxy,
    upstreamRoots,
    scripts,
    rules,
    scriptPatience,
    ...(holds && { holds }),
    ...(serving && { serving }),
    functions: functions !== undefined,
    tape: port1,
  }
  const engine = startThread('engine-thread', started, [port1], print)
  if (functions) answerCalls(engine, functions)
  const recorder = startThread(
    'recorder-thread',
    {
      path: capturePath,
      limits: { body: bodyLimit, behind },
      ...(keyLogPath === undefined ? {} : { keyLogPath }),
      ...(appKeyLogPath === undefined ? {} : { appKeyLogPath }),
      ...(diskLimit === undefined ? {} : { diskLimit }),
      tape: port2,
    },
    [port2],
    print,
  )
  const threads: Threads = {
    engine,
    recorder,
    recorderClosed: exited(recorder),
    closing: false,
    log(text, level) {
      if (!threads.closing) recorder.postMessage({ type: 'log', level, text } satisfies ToRecorder)
    },
  }
  return threads
}

function running(
  { capturePath, proxy, rules: wishes }: RunOptions,
  threads: Threads,
  at: Listening,
  rules: readonly RuleSource[],
): Run {
  const { engine, recorder } = threads
  const { onChange, onTrouble } = listenTo(engine, recorder)
  const tellEngine = (message: ToEngine): void => engine.postMessage(message)
  const passedThrough = new Set(proxy.passThrough)
  const holds = new HeldHere(message => {
    if (!threads.closing) tellEngine(message)
  })
  let ruleHits: RuleHits = { rules, hits: rules.map(() => 0) }
  engine.on('message', (message: EngineSays) => {
    if (message.type === 'held' || message.type === 'let-go' || message.type === 'too-many') holds.hear(message)
    if (message.type === 'log') threads.log(message.text, 'info')
    if (message.type === 'rule-hits' && message.hits.length === ruleHits.rules.length)
      ruleHits = { ...ruleHits, hits: message.hits }
  })
  return {
    host: at.host,
    port: at.port,
    reverse: at.reverse.map((door, index) => ({ ...door, server: proxy.reverse![index]!.server })),
    capturePath,
    onChange,
    onTrouble,
    log: text => threads.log(text, 'info'),
    note(flow, note) {
      if (!threads.closing) recorder.postMessage({ type: 'note', flow, note } satisfies ToRecorder)
    },
    passThrough(host) {
      if (threads.closing || passedThrough.has(host)) return
      passedThrough.add(host)
      tellEngine({ type: 'pass-through', host })
    },
    observe(host) {
      if (threads.closing || !passedThrough.delete(host)) return
      tellEngine({ type: 'observe', host })
    },
    passedThrough,
    setRules(changed) {
      if (threads.closing) return
      ruleHits = { rules: changed, hits: changed.map(() => 0) }
      tellEngine({ type: 'rules', rules: changed })
    },
    ruleWishes: wishes,
    get ruleHits() {
      return ruleHits
    },
    send: askThrough(engine),
    holds,
    settled: settledThrough(engine),
    async close() {
      if (threads.closing) return
      threads.closing = true
      tellEngine({ type: 'close' })
      await threads.recorderClosed
      await engine.terminate()
    },
  }
}

/** What the threads say once they run, for any number of listeners. */
function listenTo(engine: Worker, recorder: Worker): Pick<Run, 'onChange' | 'onTrouble'> {
  const changed = new Listeners<Changes>()
  const troubled = new Listeners<Trouble>()
  recorder.on('message', (message: RecorderSays) => {
    if (message.type === 'changed') changed.tell(message.changes)
    else if (message.type === 'failed') troubled.tell({ message: message.message, stopped: message.stopped })
    else if (message.type === 'resumed') troubled.tell({ message: message.message, stopped: false, resumed: true })
  })
  engine.on('message', (message: EngineSays) => {
    if (message.type === 'trouble') troubled.tell({ message: message.message, stopped: false })
  })
  for (const worker of [engine, recorder])
    worker.on('error', ({ message }: Error) =>
      troubled.tell({ message: `a thread of Parley failed: ${message}`, stopped: true }),
    )
  return { onChange: changed.add, onTrouble: troubled.add }
}

class Listeners<T> {
  readonly #all = new Set<(value: T) => void>()

  readonly add = (listener: (value: T) => void): (() => void) => {
    this.#all.add(listener)
    return () => this.#all.delete(listener)
  }

  tell(value: T): void {
    for (const listener of this.#all) listener(value)
  }
}

const exited = (worker: Worker): Promise<void> => new Promise(resolve => worker.once('exit', () => resolve()))

function opened(recorder: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    recorder.once('message', (message: RecorderSays) => {
      if (message.type === 'failed') reject(new RunError(message.code, message.message))
      else resolve()
    })
    endsEarly(recorder, reject)
  })
}

function listening(engine: Worker): Promise<Listening> {
  return new Promise((resolve, reject) => {
    engine.on('message', (message: EngineSays) => {
      if (message.type === 'listening') resolve(message)
      else if (message.type === 'failed') reject(new RunError(message.code, message.message, message.remedy))
    })
    endsEarly(engine, reject)
  })
}

/** A thread that throws, or ends without a word. */
function endsEarly(worker: Worker, reject: (error: RunError) => void): void {
  worker.once('error', error => reject(runError(error as NodeJS.ErrnoException)))
  worker.once('exit', () =>
    reject(new RunError('error', 'a thread of Parley ended before it ran: install Parley anew')),
  )
}

const runError = ({ code = 'error', message, remedy }: NodeJS.ErrnoException & { remedy?: string }): RunError =>
  new RunError(code, message, remedy)
