import { z } from 'zod'
import { copyFormats } from '../../view/copy/formats.ts'
import { maskText } from '../mask.ts'
import { inputs, type Tool, tool } from '../tool.ts'

const keys = ['curl', 'fetch', 'python', 'httpie', 'raw-request', 'raw-response'] as const
const mostBody = 256 * 1024 // bytes
const page = 24_000 // characters

export const exportTools: readonly Tool[] = [
  tool({
    name: 'export_flow',
    title: 'Export a flow',
    says: 'The request of a flow for another program, or the request or response as it stood on the wire. What is left out as a secret has to be put in again before it is run.',
    input: { capture: inputs.capture, flow: inputs.flow, as: z.enum(keys).default('curl'), after: inputs.after },
    run({ capture: name, flow: id, as, after = 0 }, { captures, tell, redacted }) {
      const capture = captures.named(name)
      const exchange = capture.exchange(id)
      if (!exchange) throw new Error(`flow ${id} is no request`)
      const format = copyFormats.find(({ key }) => key === as)!
      const copied = format.copy(exchange, capture.body(id, format.side, 0, mostBody))
      const text = redacted ? maskText(copied) : copied
      const next = after + page < text.length ? after + page : undefined
      return tell(
        { flow: id, as, characters: text.length, from: after, text: text.slice(after, after + page) },
        { next },
      )
    },
  }),
]
