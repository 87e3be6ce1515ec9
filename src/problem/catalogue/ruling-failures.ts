import type { Failures } from './failure.ts'

/** What comes of rules about whole connections. */
export const rulingFailures = {
  'rule/blocked': {
    cause: 'a rule refuses this connection',
    blame: 'parley',
    remedy: 'Switch the rule off to let it pass.',
    status: 403,
  },
  'rule/tls-unusable': {
    cause: 'Parley cannot do the TLS that a rule wants',
    blame: 'parley',
    remedy: 'Correct the rule; names of suites and groups are those of OpenSSL.',
  },
} as const satisfies Failures
