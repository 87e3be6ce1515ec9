import type { Failures } from './failure.ts'

/** What can go wrong with a request that Parley makes itself: repeated, composed, or asked elsewhere. */
export const ownFailures = {
  'own/called-off': {
    cause: 'the request was called off',
    blame: 'client',
    remedy: 'Send it again.',
  },
  'own/timeout': {
    cause: 'the whole answer did not come in time',
    blame: 'server',
    remedy: 'Allow more time, or check what the server does with this request.',
  },
  'own/bad-request': {
    cause: 'the request cannot be written as HTTP',
    blame: 'client',
    remedy: 'Correct what it names; nothing was sent.',
  },
  'own/broken-answer': {
    cause: 'the server’s answer broke off or is not HTTP',
    blame: 'server',
    remedy: 'Look at the bytes of its connection: the answer is recorded as far as it came.',
  },
  'own/not-recorded': {
    cause: 'the capture that is served has no answer to this request',
    blame: 'client',
    remedy:
      'Compare its method, URL, body and the headers that count with what was recorded, or let the server be asked.',
    status: 502,
  },
} as const satisfies Failures
