import { findProgram } from '../src/launch/find-program.ts'

/** Why a test that needs these programs is skipped, by their names; false where all of them are here. */
export const lacking = (...names: readonly string[]): string | false => {
  const missing = names.filter(name => findProgram([name], process.env, process.platform) === undefined)
  return missing.length > 0 && `needs ${missing.join(', ')}`
}
