import { MessageChannel, type Worker } from 'node:worker_threads'
import type { ExchangeId } from '../model/exchange.ts'
import type { ProxyOptions } from '../proxy/services.ts'
import type { Changes } from '../recorder/recorder.ts'
import { removeCapture } from '../store/capture-files.ts'
import type { Note } from '../store/notes.ts'
import type { EngineSays, RecorderSays, ToEngine, ToRecorder } from './threads/messages.ts'
import { startThread } from './threads/start-thread.ts'

export interface SessionOptions {
  readonly proxy: ProxyOptions
  readonly capturePath: string
  readonly upstreamRoots: readonly string[]
  readonly keyLogPath?: string
  readonly bodyLimit: number
  readonly diskLimit?: number
}

export interface Trouble {
  readonly message: string
  /** Nothing is recorded any more. */
  readonly stopped: boolean
}

/** A proxy that runs and records. */
export interface Session {
  readonly host: string
  readonly port: number
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
  /** Patterns of the hosts that are not opened. */
  readonly passedThrough: ReadonlySet<string>
  /** Ends every connection and the capture file. */
  close(): Promise<void>
}

/** An engine or recorder that could not start, by Node's code: EADDRINUSE, EACCES, `ca/…`, `store/…`. */
export class SessionError extends Error {
  readonly code: string
  readonly remedy?: string
  constructor(code: string, message: string, remedy?: string) {
    super(message)
    this.code = code
    if (remedy !== undefined) this.remedy = remedy
  }
}

const behind = 48 // slabs of 256 KB: half a second of a fast download

/** Starts recorder and engine, and resolves when the proxy accepts connections. Throws SessionError. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { port1, port2 } = new MessageChannel()
  const listeners = new Set<(changes: Changes) => void>()
  const troubled = new Set<(trouble: Trouble) => void>()
  let closing = false
  const trouble = (message: string, stopped: boolean): void => {
    for (const listener of troubled) listener({ message, stopped })
  }
  const recorder = startThread(
    'recorder-thread',
    {
      path: options.capturePath,
      limits: { body: options.bodyLimit, behind },
      ...(options.keyLogPath === undefined ? {} : { keyLogPath: options.keyLogPath }),
      ...(options.diskLimit === undefined ? {} : { diskLimit: options.diskLimit }),
      tape: port2,
    },
    [port2],
    line => log(line),
  )
  const log = (text: string, level: 'debug' | 'info' = 'debug'): void => {
    if (!closing) recorder.postMessage({ type: 'log', level, text } satisfies ToRecorder)
  }
  const engine = startThread(
    'engine-thread',
    { proxy: options.proxy, upstreamRoots: options.upstreamRoots, tape: port1 },
    [port1],
    line => log(line),
  )
  const tellEngine = (message: ToEngine): void => engine.postMessage(message)
  const passedThrough = new Set(options.proxy.passThrough)
  const recorderClosed = exited(recorder)
  const recording = opened(recorder)
  try {
    const [, { host, port }] = await Promise.all([recording, listening(engine)])
    recorder.on('message', (message: RecorderSays) => {
      if (message.type === 'changed') for (const listener of listeners) listener(message.changes)
      else if (message.type === 'failed') trouble(message.message, message.stopped)
    })
    engine.on('message', (message: EngineSays) => {
      if (message.type === 'trouble') trouble(message.message, false)
    })
    for (const worker of [engine, recorder])
      worker.on('error', error => trouble(`a thread of Parley failed: ${(error as Error).message}`, true))
    return {
      host,
      port,
      capturePath: options.capturePath,
      onChange(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      onTrouble(listener) {
        troubled.add(listener)
        return () => troubled.delete(listener)
      },
      log: text => log(text, 'info'),
      note(flow, note) {
        if (!closing) recorder.postMessage({ type: 'note', flow, note } satisfies ToRecorder)
      },
      passThrough(host) {
        if (closing || passedThrough.has(host)) return
        passedThrough.add(host)
        tellEngine({ type: 'pass-through', host })
      },
      passedThrough,
      async close() {
        if (closing) return
        closing = true
        tellEngine({ type: 'close' })
        await recorderClosed
        await engine.terminate()
      },
    }
  } catch (error) {
    closing = true
    const made = await recording.then(
      () => true,
      () => false,
    )
    await Promise.all([engine.terminate(), recorder.terminate()])
    if (made) removeCapture(options.capturePath) // it holds nothing, and would drive an older one out of the newest 20
    throw error
  }
}

const exited = (worker: Worker): Promise<void> => new Promise(resolve => worker.once('exit', () => resolve()))

function opened(recorder: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    recorder.once('message', (message: RecorderSays) => {
      if (message.type === 'failed') reject(new SessionError(message.code, message.message))
      else resolve()
    })
    recorder.once('error', error => reject(sessionError(error as NodeJS.ErrnoException)))
  })
}

function listening(engine: Worker): Promise<{ readonly host: string; readonly port: number }> {
  return new Promise((resolve, reject) => {
    engine.once('message', (message: EngineSays) => {
      if (message.type === 'listening') resolve(message)
      else if (message.type === 'failed') reject(new SessionError(message.code, message.message))
    })
    engine.once('error', error => reject(sessionError(error as NodeJS.ErrnoException)))
  })
}

const sessionError = ({ code = 'error', message, remedy }: NodeJS.ErrnoException & { remedy?: string }): SessionError =>
  new SessionError(code, message, remedy)
