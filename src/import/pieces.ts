import { createReadStream, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { type FileKind, kindBytes, kindOf } from './kind.ts'

const pieceBytes = 1024 * 1024

/** A file that is to be read, perhaps more than once. */
export interface Source {
  readonly path: string
  readonly kind: FileKind | undefined
  readonly compressed: boolean
  /** Bytes of the file. */
  readonly size: number
}

/** Looks what a file is, also within gzip. Throws what the file system says. */
export async function look(path: string): Promise<Source> {
  const { size } = statSync(path)
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(kindBytes), 0, kindBytes, 0)
    const kind = kindOf(buffer.subarray(0, bytesRead))
    if (kind !== 'gzip') return { path, kind, compressed: false, size }
  } finally {
    await handle.close()
  }
  const within = await firstOf(piecesOf({ path, compressed: true }))
  return { path, kind: kindOf(within), compressed: true, size }
}

async function firstOf(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  try {
    for await (const piece of pieces) return piece
  } catch {
    // it is no gzip after all
  }
  return new Uint8Array(0)
}

/** The bytes of a file, uncompressed; `read` hears of those of the file itself. A compressed one that is cut ends early. */
export async function* piecesOf(
  { path, compressed }: Pick<Source, 'path' | 'compressed'>,
  read: (bytes: number) => void = () => {},
): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: pieceBytes })
  if (!compressed) {
    for await (const piece of file as AsyncIterable<Buffer>) {
      read(piece.length)
      yield piece
    }
    return
  }
  const unzipped = file.pipe(createGunzip({ chunkSize: 256 * 1024 }))
  file.on('error', error => unzipped.destroy(error))
  let told = 0
  try {
    for await (const piece of unzipped as AsyncIterable<Buffer>) {
      read(file.bytesRead - told)
      told = file.bytesRead
      yield piece
    }
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw error
  } finally {
    file.destroy()
  }
}
