import { closeSync, openSync, writeSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { Recorder } from '../../recorder/recorder.ts'
import { openCaptureWriter } from '../../store/writer.ts'
import type { OnTape, RecorderSays, RecorderStart, ToRecorder } from './messages.ts'

/** The recorder: decodes the tape into the capture file. Touches no socket. */
const { path, limits, keyLogPath, diskLimit, tape } = workerData as RecorderStart
const say = (message: RecorderSays): void => parentPort!.postMessage(message)

const writer = openCaptureWriter(path, diskLimit === undefined ? {} : { maxBytes: diskLimit })
const keyLog = keyLogPath === undefined ? undefined : openSync(keyLogPath, 'a', 0o600)
const recorder = new Recorder(writer, limits, line => keyLog !== undefined && writeSync(keyLog, `${line}\n`))
let failed = false
let timer: NodeJS.Timeout | undefined

const commitEvery = 40 // ms: a screen does not draw faster, and a commit costs as much as a dozen exchanges

tape.on('message', (message: OnTape) => {
  if ('end' in message) return close()
  attempt(() => recorder.read(message.slab))
  timer ??= setTimeout(() => flush(), commitEvery)
})

parentPort!.on('message', (message: ToRecorder) => {
  if (message.type === 'close') close()
  else writer.event(Date.now(), message.level, message.text)
})

say({ type: 'open' })

function flush(last = false): void {
  timer = undefined
  attempt(() => say({ type: 'changed', changes: recorder.flush(last) }))
}

/** A capture file that cannot be written ends the recording, not the traffic. */
function attempt(work: () => void): void {
  try {
    work()
  } catch (error) {
    fail(error as NodeJS.ErrnoException)
  }
}

function fail({ code = 'error', message }: NodeJS.ErrnoException): void {
  if (!failed) say({ type: 'failed', code, message })
  failed = true
}

function close(): void {
  clearTimeout(timer)
  flush(true)
  attempt(() => writer.close())
  if (keyLog !== undefined) closeSync(keyLog)
  say({ type: 'closed' })
  tape.close()
  parentPort!.close()
}
