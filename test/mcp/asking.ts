import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { type McpOptions, mcpServer } from '../../src/mcp/server.ts'
import { openCapture } from '../../src/store/capture.ts'
import type { Owner } from '../e2e/support/processes.ts'

/** What came back of a tool, read. */
export interface Answered {
  readonly isError: boolean
  /** All of it. */
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: what a test looks into
  readonly json: any
}

export type Ask = (name: string, given?: Readonly<Record<string, unknown>>) => Promise<Answered>

export const askingBy =
  (client: Client): Ask =>
  async (name, given = {}) => {
    const { content, isError = false } = await client.callTool({ name, arguments: { ...given } })
    const [{ text }] = content as [{ text: string }]
    const json = /^[{[]/.test(text) ? JSON.parse(text) : undefined
    return { isError: isError === true, text, json }
  }

/** A client of the SDK, with a server of Parley in the same process. */
export async function asking(owner: Owner, options: Partial<McpOptions> & { readonly path?: string }) {
  const { path, ...rest } = options
  const captures = { given: path, live: () => undefined, list: () => [], open: openCapture, openWhole: openCapture }
  const server = mcpServer({ captures, redacted: true, ...rest })
  const [ours, theirs] = InMemoryTransport.createLinkedPair()
  const client = new Client({ name: 'test', version: '1' })
  await Promise.all([server.connect(theirs), client.connect(ours)])
  owner.after(() => client.close())
  return { client, ask: askingBy(client) }
}
