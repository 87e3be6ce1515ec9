/** What actions need that is not in the message. Whoever builds the rulings fills it. */
export interface World {
  readonly files: Files
  /** Absent where no scripts can run. */
  readonly scripts?: Scripts
  /** Whether Parley itself listens there: a request that were sent there would come back. */
  isOurs(host: string, port: number): boolean
}

export type ScriptHook = 'request' | 'response' | 'webSocketMessage'

export interface Scripts {
  /**
   * What the script's function of that name gives back for this message; undefined where it exports none. Rejects with an
   * error that says where and why where it throws, takes too long, or cannot be loaded.
   */
  call(file: string, hook: ScriptHook, message: object): Promise<unknown>
}

export interface Files {
  /** A whole file. Rejects with Node's error; EFBIG where it is longer than `most` bytes. */
  read(path: string, most: number): Promise<Uint8Array>
  /**
   * What lies at `names` below `root`, names that lead out of it through symbolic links among what is not there: then
   * undefined. With no names: `root` itself.
   */
  find(root: string, names: readonly string[]): Promise<FoundFile | 'folder' | undefined>
}

export interface FoundFile {
  readonly size: number
  /** ms since the epoch */
  readonly modifiedAt: number
  /** Its bytes from `start` up to, and without, `end`. */
  read(start: number, end: number): AsyncIterable<Uint8Array>
}
