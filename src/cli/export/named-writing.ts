import { KeptFileError } from '../../store/kept-file.ts'
import { CliError, usageExitCode } from '../fail.ts'

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'it is a folder',
  EDQUOT: 'the disk quota is used up',
}

/** What the file system says, in words; every other error as it is. */
export function namedWriting(error: unknown, output: string): unknown {
  if (error instanceof KeptFileError) return new CliError(error.message, usageExitCode)
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === undefined || syscall === undefined) return error
  return new CliError(`cannot write ${output}: ${reasons[code] ?? code}`)
}
