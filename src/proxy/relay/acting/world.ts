import { createReadStream } from 'node:fs'
import { open, realpath, stat } from 'node:fs/promises'
import type { Files, FoundFile, World } from '../../../rules/world.ts'

/** The world of rules: files of this machine, and where Parley listens. */
export const worldOf = (isOurs: (address: string, port: number) => boolean): World => ({
  files,
  isOurs: (host, port) => addressesOf(host).some(address => isOurs(address, port)),
})

/** A name is found out when it is dialled; what everybody knows, before. */
const addressesOf = (host: string): readonly string[] =>
  host === 'localhost' || host.endsWith('.localhost') ? ['127.0.0.1', '::1'] : [host]

const files: Files = {
  async read(path, most) {
    if (!(await stat(path)).isFile()) throw Object.assign(new Error(`${path} is no file`), { code: 'EINVAL' })
    const file = await open(path)
    try {
      const { size } = await file.stat()
      if (size > most) throw tooLarge(path, most)
      const bytes = await file.readFile()
      if (bytes.length > most) throw tooLarge(path, most) // it grew meanwhile
      return bytes
    } finally {
      await file.close()
    }
  },
  async find(root, names) {
    try {
      const [top, path] = await Promise.all([realpath(root), realpath([root, ...names].join('/'))])
      if (!isWithin(top, path)) return undefined
      const found = await stat(path)
      if (found.isDirectory()) return 'folder'
      return found.isFile() ? fileAt(path, found.size, found.mtimeMs) : undefined
    } catch (error) {
      if (absent.has((error as NodeJS.ErrnoException).code)) return undefined
      throw error
    }
  },
}

/** Both without symbolic links. */
const isWithin = (folder: string, path: string): boolean =>
  path === folder || (path.startsWith(folder) && /[/\\]$/.test(path.slice(0, folder.length + 1)))

const absent: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'])

const fileAt = (path: string, size: number, modifiedAt: number): FoundFile => ({
  size,
  modifiedAt,
  read: (start, end) => (start >= end ? nothing() : createReadStream(path, { start, end: end - 1 })),
})

async function* nothing(): AsyncGenerator<Uint8Array> {}

const tooLarge = (path: string, most: number): Error =>
  Object.assign(new Error(`${path} is longer than ${most} bytes`), { code: 'EFBIG' })
