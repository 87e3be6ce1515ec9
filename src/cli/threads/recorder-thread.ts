import { parentPort, workerData } from 'node:worker_threads'
import { problemOf } from '../../problem/problem.ts'
import { openCaptureWriter } from '../../store/writer.ts'
import { FollowFile } from './follow-file.ts'
import { FoundProcesses } from './found-processes.ts'
import { GiveBack } from './give-back.ts'
import { openKeyLogFile } from './key-log-file.ts'
import type { Found, OnTape, Paused, RecorderSays, RecorderStart, ToRecorder } from './messages.ts'

/** The recorder: decodes the tape into the capture file. Touches no socket. */
const { path, limits, keyLogPath, appKeyLogPath, diskLimit, tape } = workerData as RecorderStart
const say = (message: RecorderSays): void => parentPort!.postMessage(message)

const keyLog =
  keyLogPath === undefined
    ? undefined
    : openKeyLogFile(keyLogPath, ({ code, message }) => say({ type: 'failed', stopped: false, code, message }))
const writer = openCaptureWriter(path, diskLimit === undefined ? {} : { maxBytes: diskLimit })
say({ type: 'open' })

// the proxy accepts from here on; what passes before the rest is loaded waits on the tape
const { platformProcesses } = await import('../../launch/processes/find-processes.ts')
const { ProcessFinder } = await import('../../launch/processes/process-finder.ts')
const { Explanations } = await import('../../recorder/explanations.ts')
const { AppKeys } = await import('../../recorder/app-keys.ts')
const { Recorder } = await import('../../recorder/recorder.ts')
const { openCapture } = await import('../../store/capture.ts')

const appKeys = new AppKeys()
const appKeyLog = appKeyLogPath === undefined ? undefined : new FollowFile(appKeyLogPath, line => appKeys.add(line))
const recorder: InstanceType<typeof Recorder> = new Recorder(writer, limits, {
  ...(keyLog && { keyLog: keyLog.write }),
  ...(appKeyLogPath === undefined ? {} : { appKeys }),
  event(id, event) {
    finder?.event(id, event)
    if (event.type !== 'probed') return
    tape.postMessage({ connection: id, probe: event.probe, pause: recorder.pause(id) } satisfies Paused)
  },
})
const processes = new FoundProcesses((connection, process) => tape.postMessage({ connection, process } satisfies Found))
const find = platformProcesses()
const finder =
  find &&
  new ProcessFinder(find, (id, process) => {
    recorder.process(id, process)
    processes.found(id, process)
    flushSoon()
  })
let failed = false
let full = false
let timer: NodeJS.Timeout | undefined
let idle: NodeJS.Timeout | undefined
let flushedAt = 0
/** When the file itself was brought up to date; undefined where it is. */
let behindSince: number | undefined
let retrying: NodeJS.Timeout | undefined
let reader: ReturnType<typeof openCapture> | undefined
const explanations = new Explanations()

const followEvery = 250 // ms
const commitEvery = 30 // ms: a screen does not draw faster, and a commit costs as much as a dozen exchanges
const commitSoon = 4 // ms, where the last commit is longer ago: what kill -9 may take is no older than 50 ms
const foldEvery = 3000 // ms; each second it was a sixth of this thread's time, because busy pages are copied each time
const retryEvery = 1000 // ms
const idleAfter = 150 // ms without a slab
const lastWordsMs = 1500 // at the end: what went wrong on the last connections is to be told

/** Keys come beside the traffic: what they open may have passed already. */
const following =
  appKeyLog &&
  setInterval(() => {
    if (appKeyLog.look() || recorder.hasUnopened) flushSoon()
  }, followEvery)

tape.on('message', (message: OnTape) => {
  if ('end' in message) return close()
  if ('processOf' in message) return processes.ask(message.processOf)
  appKeyLog?.look() // a client that ends has written its keys
  attempt(() => recorder.read(message.slab))
  flushSoon()
  giveBack.worked()
})

parentPort!.on('message', (message: ToRecorder) => {
  if (message.type === 'close') close()
  else if (message.type === 'note') note(message)
  else log(message)
})

const giveBack = new GiveBack(() => {
  reader?.close()
  reader = undefined
  attempt(() => writer.shrink())
})

function flushSoon(): void {
  timer ??= setTimeout(() => flush(), Math.max(commitSoon, flushedAt + commitEvery - performance.now()))
}

/** Nothing may pass for long that would have it committed. */
function log({ level, text }: ToRecorder & { type: 'log' }): void {
  attempt(() => writer.event(Date.now(), level, text))
  flushSoon()
}

/** What a person writes is committed at once. */
function note({ flow, note }: ToRecorder & { type: 'note' }): void {
  attempt(() => {
    writer.note(flow, note)
    writer.commit()
    say({ type: 'changed', changes: { flows: [flow], connections: [] } })
  })
}

function flush(last = false): void {
  timer = undefined
  flushedAt = performance.now()
  appKeyLog?.look()
  attempt(() => {
    const changes = recorder.flush(last)
    explanations.add(recorder.takeVerdicts())
    say({ type: 'changed', changes })
  })
  behindSince ??= flushedAt
  if (flushedAt - behindSince > foldEvery) fold()
  if (!writer.keepsBodies && !writer.failure && !full) {
    full = true
    const { code, message } = problemOf('store/near-limit')
    say({ type: 'failed', stopped: false, code, message })
  }
  clearTimeout(idle)
  if (!last) idle = setTimeout(settle, idleAfter)
}

/** So that a copy of the file alone has nearly everything. */
function fold(): void {
  behindSince = undefined
  writer.checkpoint()
}

function settle(): void {
  if (behindSince !== undefined) fold()
  explain()
}

/** Reads the handshakes of a connection that may have failed; more follow while nothing else is to be done. */
function explain(): void {
  attempt(() => {
    const id = explainNext()
    if (id !== undefined) say({ type: 'changed', changes: { flows: [], connections: [id] } })
    if (explanations.size > 0) idle = setTimeout(explain, 1)
  })
}

function explainNext(): number | undefined {
  if (explanations.size === 0) return undefined
  reader ??= openCapture(path)
  const next = explanations.next(reader)
  if (!next) return undefined
  const { facts, connection } = next
  writer.facts(connection.id, facts)
  writer.explained(connection)
  writer.commit()
  return connection.id
}

/** A capture file that cannot be written ends the recording, not the traffic. */
function attempt(work: () => void): void {
  try {
    work()
  } catch (error) {
    fail(error as NodeJS.ErrnoException)
  }
}

function fail(error: NodeJS.ErrnoException & { readonly remedy?: string }): void {
  const { code = 'error', message, remedy } = error
  const stopped = writer.failure !== undefined
  const what = stopped ? `recording stopped, traffic goes on: ${message.replace(`: ${path}`, '')}` : message
  if (!failed) say({ type: 'failed', stopped, code, message: remedy ? `${what}. ${remedy}` : what })
  failed = true
  if (stopped) retrying ??= setInterval(retry, retryEvery)
}

/** The disk may have room again. */
function retry(): void {
  if (!writer.resume()) return
  clearInterval(retrying)
  retrying = undefined
  failed = false
  say({ type: 'resumed', message: 'there is room again: recording goes on' })
}

function close(): void {
  finder?.close()
  clearInterval(following)
  clearTimeout(timer)
  clearInterval(retrying)
  flush(true)
  clearTimeout(idle)
  const until = performance.now() + lastWordsMs
  attempt(() => {
    while (performance.now() < until && explanations.size > 0) explainNext()
  })
  reader?.close()
  attempt(() => writer.close())
  keyLog?.close()
  appKeyLog?.close()
  say({ type: 'closed' })
  tape.close()
  parentPort!.close()
}
