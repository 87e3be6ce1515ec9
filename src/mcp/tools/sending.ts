import { z } from 'zod'
import { readerOf } from '../../library/capture-reader.ts'
import { own } from '../answer.ts'
import { liveName } from '../open-captures.ts'
import type { Sending } from '../sending.ts'
import { inputs, type Tool, type ToolContext, tool } from '../tool.ts'

const header = z.tuple([z.string().max(256), z.string().max(16_384)])
const mostRules = 100

export const sendingTools: readonly Tool[] = [
  tool({
    name: 'trace',
    title: 'Send a request',
    says: `Sends one request through Parley and tells what both sides said. It is recorded in the capture "${liveName}", where the other tools read the rest.`,
    writes: true,
    input: {
      url: z.string().max(8192).describe('http or https URL'),
      method: z.string().max(64).optional(),
      headers: z.array(header).max(100).optional().describe('pairs of name and value'),
      body: z.string().max(1_000_000).optional(),
    },
    async run(request, context) {
      const { connection, error } = await sendingOf(context).trace(request)
      const told =
        connection === undefined ? undefined : readerOf(context.captures.named(liveName)).connection(connection)
      const { id, verdict, problems = [], exchanges = [] } = told ?? {}
      return context.tell({ capture: liveName, connection: id, error, verdict, problems, exchanges })
    },
  }),
  tool({
    name: 'replay',
    title: 'Send a recorded request again',
    says: 'Sends the request of a flow again, byte for byte, and tells what is answered otherwise than was recorded.',
    writes: true,
    input: {
      capture: inputs.capture,
      flow: inputs.flow,
      to: z.string().max(2048).optional().describe('another server: scheme, host and port as a URL'),
    },
    run: async ({ capture, flow, to }, context) =>
      context.tell(await context.captures.whole(capture, source => sendingOf(context).replay(source, flow, to))),
  }),
  tool({
    name: 'set_rules',
    title: 'Set the rules',
    says: 'From now on these rules act on what goes through the proxy of this session, and no others: "FILTER => ACTION ARGUMENTS", such as "~d api.example.com => block 403", "~u /users => delay 500", "~m GET => response-header x-debug on". Gives the rules in force with how often each matched.',
    writes: true,
    input: { rules: z.array(z.string().max(8192)).max(mostRules) },
    run: async ({ rules }, context) => own({ rules: await sendingOf(context).setRules(rules) }),
  }),
  tool({
    name: 'get_proxy',
    title: 'Where the proxy listens',
    says: 'Starts the proxy of this session where it does not run yet. Its URL, the root certificate that clients must trust, and the rules in force with how often each matched.',
    writes: true,
    input: {},
    run: async (_, context) => own({ ...(await sendingOf(context).proxy()), capture: liveName }),
  }),
]

function sendingOf({ sending }: ToolContext): Sending {
  if (!sending)
    throw new Error('nothing may be sent or changed: the person starts parley mcp with --allow-write for that')
  return sending
}
