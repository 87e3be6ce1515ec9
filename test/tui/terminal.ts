/** A terminal that is not there: what Ink writes, and keys for it to read. */
import { AssertionError } from 'node:assert'
import { PassThrough, Writable } from 'node:stream'

export class FakeTerminal extends Writable {
  readonly isTTY = true
  columns: number
  rows: number
  readonly writes: string[] = []

  constructor(columns: number, rows: number) {
    super()
    this.columns = columns
    this.rows = rows
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.writes.push(chunk.toString())
    done()
  }

  get text(): string {
    return this.writes.join('')
  }

  resize(columns: number, rows: number): void {
    this.columns = columns
    this.rows = rows
    this.emit('resize')
  }
}

export class FakeKeyboard extends PassThrough {
  readonly isTTY = true
  raw = false

  setRawMode(raw: boolean): this {
    this.raw = raw
    return this
  }
  ref(): void {}
  unref(): void {}
}

export const asOutput = (terminal: FakeTerminal): NodeJS.WriteStream => terminal as unknown as NodeJS.WriteStream
export const asInput = (keyboard: FakeKeyboard): NodeJS.ReadStream => keyboard as unknown as NodeJS.ReadStream

/** Waits until the terminal has shown the text. */
export async function untilShown(terminal: FakeTerminal, text: string): Promise<void> {
  await until(() => terminal.text.includes(text)).catch(() => {
    throw new AssertionError({ message: `the terminal never showed ${text}`, actual: terminal.text, expected: text })
  })
}

/** Waits until it holds; looks again every few ms, for two seconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !holds(); i++) await new Promise(resolve => setTimeout(resolve, 5))
  if (!holds()) throw new Error('it never came to be')
}
