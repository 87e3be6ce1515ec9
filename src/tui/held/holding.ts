import { enterRules } from '../rules/state.ts'
import { askIntercept, drop, intercept, leaveGone, resume, resumeAll } from './commands.ts'
import { enterHeld } from './state.ts'

/** What a person does to traffic, on whichever screen: rows of the table of commands. */
export const holding = {
  rules: {
    says: 'the rules: what is done to traffic',
    live: true,
    keys: [['R', 'list', 'flow', 'connection', 'hosts', 'held']],
    reduce: enterRules,
  },
  'ask-hold': {
    says: 'hold what fits a filter; empty: nothing',
    live: true,
    keys: [['i', 'list', 'flow', 'connection', 'held']],
    hints: { list: [5, 'hold'], held: [5, 'what to hold'] },
    reduce: askIntercept,
  },
  'hold-if': {
    says: 'what to hold, at once: hold-if FILTER',
    live: true,
    keys: [],
    for: ['list', 'flow', 'connection', 'held', 'held-message'],
    effect: intercept,
  },
  held: {
    says: 'the held messages',
    live: true,
    keys: [['I', 'list', 'flow', 'connection', 'hosts', 'connections', 'log']],
    reduce: enterHeld,
  },
  resume: {
    says: 'let it go on, with what was changed',
    live: true,
    keys: [['a', 'held', 'held-message']],
    hints: { held: [2, 'let go on'], 'held-message': [1, 'let go on'] },
    effect: resume,
    reduce: leaveGone,
  },
  'resume-all': {
    says: 'let all that is held go on',
    live: true,
    keys: [['A', 'list', 'held', 'held-message']],
    hints: { held: [3, 'all'] },
    effect: resumeAll,
    reduce: leaveGone,
  },
  drop: {
    says: 'drop it: its exchange is reset',
    live: true,
    keys: [['x', 'held', 'held-message']],
    hints: { held: [4, 'drop'], 'held-message': [8, 'drop'] },
    effect: drop,
    reduce: leaveGone,
  },
} as const
