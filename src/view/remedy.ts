import { failureOf } from '../problem/codes.ts'

/** The text with commands of Parley as they work where the person stands: `npx parley ca path`. */
export const inShape = (text: string, command: string): string =>
  text.replace(/\bparley (?=(?:ca|demo|open|record|show|trace) )/g, () => `${command} `)

/** The same where a key of the screen does it. */
export const withKey = (text: string): string => text.replace('(--pass-through)', '(P, or --pass-through)')

/** What to do about a failure, in the words of a row; undefined where nothing is known to be done. */
export function briefRemedy(code: string, remedy: string | undefined, command: string): string | undefined {
  const brief = failureOf(code)?.brief ?? firstSentence(remedy)
  return brief === undefined ? undefined : inShape(brief, command)
}

const firstSentence = (text: string | undefined): string | undefined => text?.replace(/(?<=[^.])[.;:] .*$|\.$/su, '')
