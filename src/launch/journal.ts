import { lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { whileLocked } from './while-locked.ts'

/** One thing of this machine that Parley has changed. */
export interface Touched {
  /** What does the undoing: a trust store, a system's proxy settings, a browser's profile. */
  readonly kind: string
  /** Which one of its kind: a path, a network service. */
  readonly key: string
  /** What stood there before, in the words of who does the undoing. */
  readonly before: string
  /** The process that undoes it when it ends; absent where it is to last. */
  readonly owner?: number
}

/** The journal is not what Parley writes, or cannot be written. */
export class JournalError extends Error {}

const mostBytes = 1024 * 1024

/**
 * What Parley has changed outside its own folders. It is written down before it is done, so that it can be undone after a
 * crash, or by a later version. The file is read anew each time: two Parleys may run.
 */
export class Journal {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /** Everything of this kind, the oldest first. Throws JournalError. */
  touched(kind: string): readonly Touched[] {
    return this.#read().filter(each => each.kind === kind)
  }

  /** Of this kind, what belongs to a process that is gone. Throws JournalError. */
  orphans(kind: string, lives: (pid: number) => boolean = isAlive): readonly Touched[] {
    return this.touched(kind).filter(({ owner }) => owner !== undefined && !lives(owner))
  }

  /** To be called before the change. What stands there already is kept, as it is the state to go back to. Throws JournalError. */
  note(touched: Touched): void {
    this.#change(all => {
      const before = all.find(each => isSame(each, touched))?.before ?? touched.before
      return [...all.filter(each => !isSame(each, touched)), { ...touched, before }]
    })
  }

  /** To be called when it has been undone. Throws JournalError. */
  forget(touched: Pick<Touched, 'kind' | 'key'>): void {
    if (!this.#read().some(each => isSame(each, touched))) return
    this.#change(all => all.filter(each => !isSame(each, touched)))
  }

  #change(changed: (all: readonly Touched[]) => readonly Touched[]): void {
    try {
      mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 })
      whileLocked(this.path, () => this.#write(changed(this.#read())))
    } catch (error) {
      throw error instanceof JournalError ? error : new JournalError((error as Error).message)
    }
  }

  #read(): readonly Touched[] {
    let text: string
    try {
      const { size } = lstatSync(this.path)
      if (size > mostBytes) throw this.#damaged()
      text = readFileSync(this.path, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
      throw error instanceof JournalError ? error : new JournalError((error as Error).message)
    }
    const value = parsed(text)
    if (!Array.isArray(value) || !value.every(isTouched)) throw this.#damaged()
    return value
  }

  #damaged(): JournalError {
    return new JournalError(`${this.path}, which says what Parley changed on this machine, is damaged; move it away`)
  }

  #write(all: readonly Touched[]): void {
    const fresh = `${this.path}.${process.pid}`
    writeFileSync(fresh, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600, flag: 'w' })
    renameSync(fresh, this.path)
  }
}

const isSame = (one: Pick<Touched, 'kind' | 'key'>, other: Pick<Touched, 'kind' | 'key'>): boolean =>
  one.kind === other.kind && one.key === other.key

const isTouched = (value: unknown): value is Touched => {
  if (typeof value !== 'object' || value === null) return false
  const { kind, key, before, owner } = value as Readonly<Record<string, unknown>>
  const texts = [kind, key, before].every(each => typeof each === 'string')
  return texts && (owner === undefined || Number.isSafeInteger(owner))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Has ended, and nobody has asked how: in a container that may last. Only Linux tells. */
function isZombie(pid: number): boolean {
  try {
    return /^\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*(?=\) )/s, ''))
  } catch {
    return false
  }
}
