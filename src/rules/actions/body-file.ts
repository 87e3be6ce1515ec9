import { withoutCoding } from '../body/edit-body.ts'
import { closeBody, mostOpened } from '../body/open-body.ts'
import type { World } from '../world.ts'
import type { ActionKind, RequestDraft, ResponseDraft } from './action.ts'
import { canHaveBody } from './body-step.ts'

export const bodyFile: ActionKind = {
  name: 'body-file',
  usage: 'request|response [--identity] FILE',
  says: 'put a file in place of the whole body, in the content coding that the message names, or in none (--identity)',
  example: '~u /app.js => body-file response ./my-app.js',
  read(args) {
    const side = args.side()
    const identity = args.takes('--identity')
    const file = args.path('a file')
    const put = async <Draft extends RequestDraft | ResponseDraft>(draft: Draft, { files }: World): Promise<Draft> => {
      const bytes = await files.read(file, mostOpened)
      return identity
        ? { ...draft, head: withoutCoding(draft.head), body: bytes }
        : { ...draft, body: closeBody(draft.head.headers, bytes, draft.body) }
    }
    const did = `put ${file} in the ${side}`
    if (side === 'request') return { did, request: put }
    return { did, response: (draft, world) => (canHaveBody(draft.request, draft.head) ? put(draft, world) : draft) }
  },
}
