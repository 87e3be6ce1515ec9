import { createReadStream } from 'node:fs'
import type { Changes } from '../model/changes.ts'
import type { ConnectionId } from '../model/connection.ts'
import { Explanations } from '../recorder/explanations.ts'
import { Recorder, type RecorderLimits } from '../recorder/recorder.ts'
import { openCapture } from '../store/capture.ts'
import { type CaptureWriter, openCaptureWriter } from '../store/writer.ts'
import { importHar } from './har/import-har.ts'
import { findKeys, importPackets } from './import-packets.ts'
import { canImport } from './kind.ts'
import type { Door } from './packets/connection-door.ts'
import { KeyLines } from './packets/key-lines.ts'
import { look, piecesOf, type Source } from './pieces.ts'
import { harSaid, packetsSaid } from './said.ts'

/** What is to become a capture. */
export interface Import {
  /** Files of packets, and HAR files, one after the other. */
  readonly files: readonly string[]
  /** Key logs in NSS's format. */
  readonly keyLogs: readonly string[]
  /** Where the capture goes; nothing may be there. */
  readonly to: string
  readonly limits: RecorderLimits
}

/** Who hears how it goes on. */
export interface ImportSink {
  /** The capture is there, and can be read while it grows. */
  opened(): void
  /** These can be read from the capture by now. */
  changed(changes: Changes): void
  /** Of all files together, in bytes. */
  progress(read: number, of: number): void
  /** What is to be known of a file: that it is cut, or that parts of it were not read. */
  said(sentence: string): void
}

const flushEvery = 100 // ms
const explainFor = 5000 // ms at the end, for what went wrong on connections

/** Nothing here reads the file. */
export class UnknownFile extends Error {}

/** Makes a capture of files that others recorded. Throws StoreError, UnknownFile, and what the file system says. */
export async function importCapture(wanted: Import, sink: ImportSink): Promise<void> {
  const sources = await Promise.all(wanted.files.map(look))
  for (const { path, kind } of sources)
    if (!canImport(kind)) throw new UnknownFile(`${path} is neither packets nor a HAR file`)
  const keys = await readKeyLogs(wanted.keyLogs)
  const writer = openCaptureWriter(wanted.to)
  sink.opened()
  const work = new ImportWork(writer, wanted.limits, sink)
  const size = sources.reduce((sum, source) => sum + source.size, 0)
  let read = 0
  try {
    for (const source of sources) {
      const pieces = piecesOf(source, bytes => {
        read += bytes
      })
      for (const sentence of await work.read(source, pieces, keys, () => sink.progress(read, size))) work.say(sentence)
    }
    work.finish()
  } finally {
    writer.close()
  }
}

async function readKeyLogs(paths: readonly string[]): Promise<KeyLines> {
  const keys = new KeyLines()
  for (const path of paths) {
    for await (const piece of createReadStream(path, 'latin1')) keys.push(piece as string)
    keys.end()
  }
  return keys
}

/** The recorder of one import. */
class ImportWork {
  readonly #writer: CaptureWriter
  readonly #recorder: Recorder
  readonly #explanations = new Explanations()
  readonly #sink: ImportSink
  readonly #door: Door
  #flushedAt = 0

  constructor(writer: CaptureWriter, limits: RecorderLimits, sink: ImportSink) {
    this.#writer = writer
    this.#sink = sink
    this.#recorder = new Recorder(writer, limits)
    let last: ConnectionId = 0
    this.#door = {
      recording: this.#recorder.recording,
      nextId: () => ++last,
      exchange: (id, at, head, stream) => this.#recorder.exchange(id, at, head, stream),
    }
  }

  /** Reads a file, and answers with what is to be known of it. */
  async read(
    source: Source,
    pieces: AsyncIterable<Uint8Array>,
    keys: KeyLines,
    progress: () => void,
  ): Promise<readonly string[]> {
    const { kind, path } = source
    if (kind === 'har') return harSaid(path, await this.#all(importHar(pieces, this.#door), progress))
    const packets = kind === 'pcap' ? kind : 'pcapng'
    await findKeys(packets, piecesOf(source), keys)
    return packetsSaid(path, await this.#all(importPackets(packets, pieces, this.#door, keys), progress))
  }

  async #all<Told>(reading: AsyncGenerator<number, Told>, progress: () => void): Promise<Told> {
    for (;;) {
      const { done, value } = await reading.next()
      if (done) return value
      if (performance.now() - this.#flushedAt < flushEvery) continue
      this.#flush()
      progress()
    }
  }

  say(sentence: string): void {
    this.#writer.event(Date.now(), 'info', sentence)
    this.#sink.said(sentence)
  }

  finish(): void {
    this.#flush(true)
    this.#writer.checkpoint()
    this.#explain()
  }

  #flush(last = false): void {
    this.#sink.changed(this.#recorder.flush(last))
    this.#explanations.add(this.#recorder.takeVerdicts())
    this.#flushedAt = performance.now()
  }

  /** What the handshakes of connections say of why these failed. */
  #explain(): void {
    const until = performance.now() + explainFor
    const capture = openCapture(this.#writer.path)
    try {
      while (this.#explanations.size > 0 && performance.now() < until) {
        const told = this.#explanations.next(capture)
        if (!told) continue
        this.#writer.facts(told.connection.id, told.facts)
        this.#writer.explained(told.connection)
      }
      this.#writer.commit()
    } finally {
      capture.close()
    }
  }
}
