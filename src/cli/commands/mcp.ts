import type { Command } from 'commander'
import type { Sending } from '../../mcp/sending.ts'
import { addOptions, besideProxy, type FlagsOf, onUnless, toggle } from '../options.ts'

const mcpOptions = {
  allowWrite: toggle('--allow-write', 'let the agent send requests, replay flows and set rules'),
  redact: onUnless('--no-redact', 'let it see cookies, credentials, tokens and what else looks like a secret'),
  ...besideProxy,
}
type McpFlags = FlagsOf<typeof mcpOptions>

/** `parley mcp [CAPTURE]`: captures for an agent that speaks the Model Context Protocol on stdin and stdout. */
export function addMcp(program: Command): void {
  const command = program
    .command('mcp')
    .description('let an agent look into captures, by the Model Context Protocol on stdin and stdout')
    .argument('[capture]', 'capture file, or a name that parley open lists (default: the newest)')
  addOptions(command, mcpOptions).action(mcp)
}

async function mcp(name: string | undefined, flags: McpFlags): Promise<void> {
  const { mcpServer } = await import('../../mcp/server.ts')
  const { StdioServerTransport } = await import('@modelcontextprotocol/sdk/server/stdio.js')
  const { endSignal } = await import('../running.ts')
  const { openNamed } = await import('../open-capture.ts')
  const { capturePath } = await import('../captures.ts')
  if (name !== undefined) openNamed(name).close() // what is wrong with it is said before anything else
  const sending = flags.allowWrite ? await sendingBy(flags) : undefined
  const given = name === undefined ? undefined : capturePath(name)
  const { redactedCapture } = await import('../../export/redact/redacted-capture.ts')
  const { defaultRules, RedactionLog } = await import('../../export/redact/redaction.ts')
  const open = (path: string) =>
    flags.redact ? redactedCapture(openNamed(path), defaultRules, new RedactionLog()) : openNamed(path)
  const captures = { given, live: () => sending?.capturePath, open, openWhole: openNamed }
  const server = mcpServer({ captures, redacted: flags.redact, ...(sending && { sending }) })
  const gone = new Promise<void>(resolve => process.stdin.once('end', resolve).once('close', resolve))
  await server.connect(new StdioServerTransport())
  await Promise.race([endSignal(), gone])
  await server.close()
  await sending?.close()
  process.stdin.destroy()
}

/** The proxy is started when the agent first sends something. */
async function sendingBy(flags: McpFlags): Promise<Sending> {
  const { AgentSending } = await import('../mcp/agent-run.ts')
  const { startRun } = await import('../running.ts')
  const { runOptions } = await import('../run-options.ts')
  return new AgentSending(() => startRun(runOptions(flags)), flags.caDir)
}
