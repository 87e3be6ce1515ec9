import { basename } from 'node:path'
import type { Capture, CaptureInfo } from '../store/capture.ts'
import { listCaptures } from '../store/capture-files.ts'

/** Which captures tools may read: the one that Parley was started with, those of the data folder, and what is sent now. */
export interface CaptureNames {
  /** Path of the one that was named at the start. */
  readonly given?: string | undefined
  /** Path of the one into which goes what an agent sends. */
  live(): string | undefined
  /** Paths of the others, newest first; those of the data folder unless told. */
  readonly list?: () => readonly string[]
  /** Opens one; what is secret is gone from it. Throws StoreError. */
  open(path: string): Capture
  /** Opens one with all that is secret, for what is sent again. Throws StoreError. */
  openWhole(path: string): Capture
}

export interface ListedCapture extends CaptureInfo {
  readonly name: string
}

const ending = /\.parley$/
export const liveName = 'live'
const mostOpen = 8

/** Captures by name. No tool opens a path: what a model is talked into stays within these. */
export class OpenCaptures {
  readonly #names: CaptureNames
  /** The one that was asked for last is the last. */
  readonly #open = new Map<string, Capture>()

  constructor(names: CaptureNames) {
    this.#names = names
  }

  /** Throws an Error where there is none of that name, and StoreError. */
  named(name?: string): Capture {
    const path = this.#pathOf(name)
    const known = this.#open.get(path)
    if (known) this.#open.delete(path)
    const capture = known ?? this.#names.open(path)
    this.#open.set(path, capture)
    if (this.#open.size > mostOpen) this.#close(this.#open.keys().next().value!)
    return capture
  }

  /** Has a capture used with all its secrets, which are not to be told. Rejects as `named` throws. */
  async whole<T>(name: string | undefined, use: (capture: Capture) => Promise<T>): Promise<T> {
    const capture = this.#names.openWhole(this.#pathOf(name))
    try {
      return await use(capture)
    } finally {
      capture.close()
    }
  }

  /** The names that there are: the one of the start first, then the newest first. */
  names(): readonly string[] {
    return [...this.#paths().keys()]
  }

  close(): void {
    for (const path of [...this.#open.keys()]) this.#close(path)
  }

  #close(path: string): void {
    this.#open.get(path)?.close()
    this.#open.delete(path)
  }

  #paths(): ReadonlyMap<string, string> {
    const { given, live, list = listCaptures } = this.#names
    const paths = new Map<string, string>()
    const add = (name: string, path: string): void => {
      if (!paths.has(name)) paths.set(name, path)
    }
    if (given !== undefined) add(basename(given).replace(ending, ''), given)
    const now = live()
    if (now !== undefined) add(liveName, now)
    for (const path of list()) add(basename(path).replace(ending, ''), path)
    return paths
  }

  #pathOf(name: string | undefined): string {
    const paths = this.#paths()
    const path = name === undefined ? paths.values().next().value : paths.get(name.replace(ending, ''))
    if (path !== undefined) return path
    throw new Error(
      name === undefined
        ? 'nothing is recorded yet'
        : `no capture of that name: list_captures has those that there are`,
    )
  }
}
