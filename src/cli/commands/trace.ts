import { readFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import type { Header } from '../../model/exchange.ts'
import { CliError, note } from '../fail.ts'
import { type ProxyFlags, readSeconds, sessionOptions, withProxyOptions } from '../options.ts'
import { startSession } from '../running.ts'

interface TraceFlags extends ProxyFlags {
  readonly json?: boolean
  readonly request?: string
  readonly header: readonly string[]
  readonly data?: string
  readonly http1?: boolean
  readonly maxTime: number
}

/** `parley trace URL`: one request through both legs, told as `curl -v` would if it could see both sides. */
export function addTrace(program: Command): void {
  const command = program
    .command('trace')
    .description('send one request through both legs and print what both sides said')
    .argument('<url>', 'http or https URL')
    .option('--json', 'print JSON')
    .option('-X, --request <method>', 'method; GET, or POST with --data')
    .option('-H, --header <line>', 'header line to send', (line, before: readonly string[]) => [...before, line], [])
    .option('-d, --data <text>', 'body to send; @file reads it from a file')
    .option('--http1', 'offer http/1.1 only')
    .addOption(
      new Option('-m, --max-time <seconds>', 'give up after this long').argParser(readSeconds).default(30_000, '30'),
    )
  withProxyOptions(command, { host: '127.0.0.1', port: 0 }).action(async (text: string, flags: TraceFlags) => {
    const url = readUrl(text)
    const headers = flags.header.map(readHeader)
    const body = flags.data === undefined ? {} : { body: readData(flags.data) }
    const session = await startSession(sessionOptions(flags))
    const { openAuthority } = await import('../../../ca/index.ts')
    const { fetchThrough } = await import('../../peers/client.ts')
    const { openCapture } = await import('../../store/capture.ts')
    const { printConnection, terminalStyle } = await import('../print-connection.ts')
    const authority = await openAuthority(flags.caDir)
    const result = await fetchThrough({
      url,
      proxy: session,
      ca: authority.certificatePem,
      tls: { minVersion: flags.minTls }, // the proxy offers no more than its client does
      ...(flags.http1 ? { alpn: ['http/1.1'] } : {}),
      timeout: flags.maxTime,
      method: flags.request ?? (flags.data === undefined ? 'GET' : 'POST'),
      headers: [['user-agent', 'parley'], ['accept', '*/*'], ...headers],
      ...body,
    })
    await session.close()
    const capture = openCapture(session.capturePath)
    const [connection] = capture.connections({ limit: 1 })
    if (connection) printConnection(capture, connection, { json: flags.json ?? false, style: terminalStyle() })
    const failed = connection !== undefined && connection.problems.length > 0
    capture.close()
    if (result.error) note(`no response: ${result.error.message}`)
    const answered = result.status !== undefined && !(failed && result.status >= 500)
    process.exitCode = answered ? 0 : 1
  })
}

function readUrl(text: string): URL {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`)
  if (!url || !/^https?:$/.test(url.protocol)) throw new CliError(`${text} is no http or https URL`, 2)
  return url
}

function readHeader(line: string): Header {
  const at = line.indexOf(':')
  if (at < 1) throw new CliError(`--header: ${line} has no NAME: VALUE`, 2)
  return [line.slice(0, at).trim(), line.slice(at + 1).trim()]
}

function readData(data: string): string | Buffer {
  if (!data.startsWith('@')) return data
  try {
    return readFileSync(data.slice(1))
  } catch (error) {
    throw new CliError(`--data: ${data.slice(1)} cannot be read (${(error as NodeJS.ErrnoException).code})`, 2)
  }
}
