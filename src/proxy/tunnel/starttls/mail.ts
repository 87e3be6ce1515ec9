import type { Upgradable } from './upgradable.ts'

/** A protocol of lines, in which a turn that asks is one line. */
function ofLines(greeting: RegExp, request: RegExp, agreement: (asked: string) => RegExp): Upgradable {
  return {
    speaksFirst: 'to-client',
    begins: first => greeting.test(first.toString('latin1', 0, 16)),
    asks: turn => (request.test(turn.toString('latin1')) ? turn.length : undefined),
    agrees: (turn, asked) => agreement(asked.toString('latin1')).test(turn.toString('latin1')),
  }
}

/** RFC 3207 4. */
export const smtp = ofLines(/^220[ -]/, /^STARTTLS[ \t]*\r?\n$/i, () => /^220(?: [^\n]*)?\r?\n$/)

/** RFC 2595 4. */
export const pop3 = ofLines(/^\+OK/, /^STLS[ \t]*\r?\n$/i, () => /^\+OK[^\n]*\n$/)

/** RFC 9051 6.2.1: the answer bears the tag of the request; untagged lines may come before it. */
export const imap = ofLines(/^\* (?:OK|PREAUTH)/, /^[^\s+*()"]+ STARTTLS\r?\n$/i, asked => {
  const tag = asked.split(' ', 1)[0]!.replace(/[\\^$.|?[\]{}/-]/g, '\\$&')
  return new RegExp(`(?:^|\\n)${tag} OK[^\\n]*\\n$`, 'i')
})
