import { closeSync, ftruncateSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { refuseKeptFile } from '../../store/kept-file.ts'

/**
 * A file that grows while something stays its end, so that it is whole after every piece. Of the person's alone, mode
 * 0600; it takes the place of what was there at once. Throws Node's errors, and KeptFileError where a capture
 * is.
 */
export class TailedFile {
  readonly #file: number
  readonly #tail: Buffer
  /** Where the end begins. */
  #at = 0

  constructor(path: string, start: string, tail: string) {
    refuseKeptFile(path)
    const beside = `${path}.${process.pid}-${Date.now().toString(36)}.part`
    this.#file = openSync(beside, 'wx', 0o600)
    this.#tail = Buffer.from(tail)
    try {
      this.add(start)
      renameSync(beside, path)
    } catch (error) {
      closeSync(this.#file)
      rmSync(beside, { force: true })
      throw error
    }
  }

  /** Where this cannot be written, the file is as it was before. */
  add(text: string): void {
    const bytes = Buffer.concat([Buffer.from(text), this.#tail])
    try {
      this.#write(bytes, this.#at)
    } catch (error) {
      ftruncateSync(this.#file, this.#at)
      this.#write(this.#tail, this.#at) // there was room for it before
      throw error
    }
    this.#at += bytes.length - this.#tail.length
  }

  close(): void {
    closeSync(this.#file)
  }

  #write(bytes: Uint8Array, at: number): void {
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#file, bytes, done, bytes.length - done, at + done)
  }
}
