import type { Failures } from './failure.ts'

/** What comes of rules about whole connections, and of scripts in rules. */
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
  'rule/script-failed': {
    cause: 'a script of a rule failed, so the message went on without it',
    blame: 'parley',
    remedy: 'Correct the script; it is read again when the rules are.',
  },
} as const satisfies Failures
