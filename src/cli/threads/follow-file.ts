import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs'

const mostAtOnce = 4 * 1024 * 1024 // bytes
const longestLine = 4096

/**
 * Follows a file that another program writes, as `tail -F` does: also where it is not there yet, is replaced or begins
 * anew. Lines that are whole are told at each look; one that is longer than 4096 bytes is none.
 */
export class FollowFile {
  readonly #path: string
  readonly #line: (text: string) => void
  readonly #buffer = Buffer.alloc(65_536)
  #file: number | undefined
  #inode = 0
  #position = 0
  #begun = ''

  constructor(path: string, line: (text: string) => void) {
    this.#path = path
    this.#line = line
  }

  /**
   * Reads what has been written since the last time, some MB at most, and says whether there was any. Never throws: a file
   * that cannot be read says nothing.
   */
  look(): boolean {
    try {
      const before = this.#read() // also of a file that has another name by now
      return (this.#reopen() && this.#read()) || before
    } catch {
      this.close()
      return false
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
    this.#begun = ''
  }

  #read(): boolean {
    let left = mostAtOnce
    while (this.#file !== undefined && left > 0) {
      const length = readSync(this.#file, this.#buffer, 0, this.#buffer.length, this.#position)
      if (length === 0) break
      this.#position += length
      left -= length
      this.#take(this.#buffer.toString('latin1', 0, length))
    }
    return left < mostAtOnce
  }

  /** Another file by that name, or the same cut short, is read from its beginning: true where there is one. */
  #reopen(): boolean {
    const named = statSync(this.#path, { throwIfNoEntry: false })
    if (!named?.isFile()) return false // a pipe would be waited for
    if (this.#file !== undefined && named.ino === this.#inode && fstatSync(this.#file).size >= this.#position)
      return false
    this.close()
    this.#file = openSync(this.#path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    this.#inode = named.ino
    this.#position = 0
    return true
  }

  #take(text: string): void {
    const lines = (this.#begun + text).split('\n')
    this.#begun = (lines.pop() ?? '').slice(0, longestLine)
    for (const line of lines) if (line.length < longestLine) this.#line(line.trimEnd())
  }
}
