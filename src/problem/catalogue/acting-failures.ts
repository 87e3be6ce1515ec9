import type { Failures } from './failure.ts'

/** What a person asked to be done to a message, and could not be done, or not so. */
export const actingFailures = {
  'acting/bad-head': {
    cause: 'a rule or an edit asks for a head that may not be sent, so the message went on as it came',
    blame: 'parley',
    remedy: 'Take CR, LF, NUL and characters that are no latin1 out of it; names of fields and methods are tokens.',
  },
  'acting/wrong-length': {
    cause: 'a rule or an edit sets a length that is not that of the body; the right one was sent in its place',
    blame: 'parley',
    remedy: 'Leave Content-Length and Transfer-Encoding alone: they follow the body.',
  },
} as const satisfies Failures
