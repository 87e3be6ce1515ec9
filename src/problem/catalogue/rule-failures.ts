import type { Failures } from './failure.ts'

/** What keeps a person's rule from doing what it says; the message then goes on without. */
export const ruleFailures = {
  'rule/refused': {
    cause: 'what a rule makes of the message cannot be sent, so the rule did nothing',
    blame: 'parley',
    remedy: 'Correct the rule.',
  },
  'rule/failed': {
    cause: 'a rule failed, so it did nothing',
    blame: 'parley',
    remedy: 'Correct the rule, or what it reads.',
  },
  'rule/loop': {
    cause: 'a rule sends the request to Parley itself, so it did nothing',
    blame: 'parley',
    remedy: 'Send it to another server.',
  },
  'rule/body-too-large': {
    cause: 'the body is larger than what a rule may hold, so the rule did nothing',
    blame: 'parley',
  },
  'rule/body-endless': {
    cause: 'the body is a stream that comes piece by piece, so a rule that wants it whole did nothing',
    blame: 'parley',
    remedy: 'Act on its head. A script may ask for heads alone: "parley rules script" says how.',
  },
  'rule/body-late': {
    cause:
      'the body had not ended after 10 seconds and does not say its length, so a rule that wants it whole did nothing',
    blame: 'parley',
    remedy: 'Act on its head. A script may ask for heads alone: "parley rules script" says how.',
  },
} as const satisfies Failures
