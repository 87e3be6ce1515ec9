import { InvalidArgumentError } from 'commander'
import { type LiveKey, liveKeys } from '../../export/live/live-formats.ts'
import { CliError, usageExitCode } from '../fail.ts'
import { type FlagsOf, gathered, type OptionRow } from '../options.ts'

/** A file that is written while it is recorded. */
export interface LiveWish {
  readonly as: LiveKey
  readonly path: string
}

/** Reads `har=FILE`. */
export function readLive(text: string, before: readonly LiveWish[]): readonly LiveWish[] {
  const equals = text.indexOf('=')
  const as = liveKeys.find(key => key === text.slice(0, Math.max(0, equals)))
  const path = text.slice(equals + 1)
  if (!as || path === '') throw new InvalidArgumentError(`give ${liveKeys.map(key => `${key}=FILE`).join(' or ')}.`)
  return [...before, { as, path }]
}

const redact: OptionRow<string | boolean | undefined> = {
  flag: '--redact [=file]',
  says: 'write what --export writes without cookies, credentials and tokens; =FILE names more',
  read: text => text,
}

/** The commands that record for others take these. */
export const liveOptions = {
  export: gathered(
    '--export <format=file>',
    `write this file while recording: ${liveKeys.join(', ')}`,
    readLive,
    [] as readonly LiveWish[],
  ),
  redact,
}
export type LiveFlags = FlagsOf<typeof liveOptions>

/** A key log among the wishes is that of --keylog: the recorder writes it. Throws CliError. */
export function withKeyLog<Flags extends LiveFlags & { readonly keylog: string | undefined }>(flags: Flags): Flags {
  const logs = flags.export.filter(({ as }) => as === 'keylog')
  const [wish] = logs
  if (!wish) return flags
  if (logs.length > 1 || flags.keylog !== undefined)
    throw new CliError('--export keylog=FILE is --keylog FILE: one of them is enough', usageExitCode)
  if (flags.redact !== undefined)
    throw new CliError('--export keylog=FILE cannot be redacted: a key log is nothing but secrets', usageExitCode)
  return { ...flags, keylog: wish.path }
}
