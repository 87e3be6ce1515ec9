import { editRequest, repeat } from '../subject.ts'
import { compose } from './commands.ts'

/** Requests that the person has sent: rows of the table of commands. */
export const requests = {
  repeat: {
    says: 'send it again; often: repeat 100 10',
    live: true,
    keys: [['r', 'list', 'flow']],
    hints: { list: [6, 'repeat'], flow: [7, 'repeat'] },
    effect: repeat,
  },
  'edit-request': {
    says: 'edit its request, and send that',
    live: true,
    keys: [['e', 'list']],
    for: ['list', 'flow'],
    effect: editRequest,
  },
  compose: {
    says: 'a new request; or compose curl …',
    live: true,
    keys: [['ctrl-n', 'list', 'flow']],
    effect: compose,
  },
} as const
