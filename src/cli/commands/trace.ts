import { constants } from 'node:os'
import type { Command } from 'commander'
import type { ClientError } from '../../peers/client-types.ts'
import { matchesHost } from '../../proxy/host-pattern.ts'
import { CliError, note, usageExitCode } from '../fail.ts'
import { minTlsFor, readSeconds } from '../option-values.ts'
import { addOptions, besideProxy, type FlagsOf, gathered, optional, single, toggle } from '../options.ts'
import type { Why } from '../outcome.ts'

const traceOptions = {
  json: toggle('--json', 'print JSON'),
  request: optional('-X, --request <method>', 'request method', String, 'GET, or POST with --data'),
  header: gathered('-H, --header <line>', 'send this header line', addLine, [] as readonly string[]),
  data: optional('-d, --data <text>', 'send this body; @file reads it from a file', String),
  http1: toggle('--http1', 'offer http/1.1 only'),
  maxTime: single('-m, --max-time <seconds>', 'give up after this long', readSeconds, '30'),
  ...besideProxy,
}
type TraceFlags = FlagsOf<typeof traceOptions>

/** `parley trace URL`: one request through both legs, shown as `curl -v` would if it could see both sides. */
export function addTrace(program: Command): void {
  const command = program
    .command('trace')
    .description('send one request through both legs and print what both sides said')
    .argument('<url>', 'http or https URL')
  addOptions(command, traceOptions).action(async (url: string, flags: TraceFlags) => {
    const [, second] = command.args
    if (second !== undefined) throw new CliError(`trace takes one URL; ${second} is one too many`, usageExitCode)
    await trace(url, flags)
  })
}

function addLine(line: string, before: readonly string[]): readonly string[] {
  return [...before, line]
}

async function trace(text: string, flags: TraceFlags): Promise<void> {
  const { readRequest } = await import('../request-options.ts')
  const { endSignal, startRun } = await import('../running.ts')
  const { runOptions } = await import('../run-options.ts')
  const { url, headers, ...request } = readRequest({ ...flags, url: text })
  const callingOff = new AbortController()
  let signal: NodeJS.Signals | undefined
  void endSignal().then(name => {
    signal = name
    callingOff.abort()
  })
  const run = await startRun(runOptions(flags, {}, 'trace'))
  const { openAuthority } = await import('../../../ca/index.ts')
  const { outcomeOf, withReason } = await import('../outcome.ts')
  const { fetchThrough } = await import('../../peers/client.ts')
  const { openCapture } = await import('../../store/capture.ts')
  const { firstExchange, printConnection, terminalStyle } = await import('../print-connection.ts')
  const authority = await openAuthority(flags.caDir)
  const result = await fetchThrough({
    ...request,
    url,
    proxy: run,
    ...(await verificationOf(flags, url.hostname.replace(/^\[|\]$/g, ''), authority.certificatePem)),
    tls: { minVersion: minTlsFor(url.hostname, flags.minTls) }, // the proxy offers no more than its client does
    ...(flags.http1 ? { alpn: ['http/1.1'] } : {}),
    timeout: flags.maxTime,
    signal: callingOff.signal,
    headers: [['user-agent', 'parley'], ['accept', '*/*'], ...headers],
  })
  await run.close()
  const why = result.error && whyOf(result.error, flags.maxTime, signal)
  const capture = openCapture(run.capturePath)
  try {
    const [recorded] = capture.connections({ limit: 1 })
    const connection = recorded && why?.calledOff ? withReason(recorded, why.text) : recorded
    const exchange = connection && firstExchange(capture, connection)
    const { answered, reason } = outcomeOf(exchange, why)
    process.exitCode = signal ? 128 + constants.signals[signal] : answered ? 0 : 1
    const how = { json: flags.json ?? false, style: terminalStyle(), ...(reason !== undefined && { reason }) }
    if (connection) await printConnection(capture, connection, how)
    if (reason !== undefined) note(reason)
  } finally {
    capture.close()
  }
}

/** What the client trusts: Parley's authority, and of a host that is passed through what Parley itself would have trusted. */
async function verificationOf(flags: TraceFlags, host: string, authority: string) {
  const among = (patterns: readonly string[]): boolean => patterns.some(pattern => matchesHost(pattern, host))
  if (!among(flags.passThrough)) return { ca: authority }
  const { trustedRoots } = await import('../../proxy/leg/roots.ts')
  return { ca: trustedRoots(flags.upstreamCa), insecure: flags.insecure || among(flags.insecureHost) }
}

function whyOf({ code, message }: ClientError, maxTime: number, signal: NodeJS.Signals | undefined): Why {
  if (signal) return { text: `trace was ended by ${signal}`, calledOff: true }
  if (code !== 'TIMEOUT') return { text: message, calledOff: false }
  return { text: `trace's own limit of ${maxTime / 1000} s (-m) ran out`, calledOff: true }
}
