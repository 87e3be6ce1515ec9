import { type Command, InvalidArgumentError } from 'commander'
import type { Connection, ConnectionId } from '../../model/connection.ts'
import type { ExchangeId } from '../../model/exchange.ts'
import type { Capture } from '../../store/capture.ts'
import { CliError, usageExitCode } from '../fail.ts'
import { importOptions } from '../import-options.ts'
import type { ImportFlags } from '../importing/open-files.ts'
import { nearest } from '../nearest.ts'
import { addOptions } from '../options.ts'

interface ShowFlags extends Pick<ImportFlags, 'keylog'> {
  readonly json?: boolean
  readonly all?: boolean
  readonly bytes?: boolean
  readonly filter?: string
  readonly fields?: readonly string[]
}

/** `parley show CAPTURE [ID...]`: connections of a capture file, as `trace` prints them. */
export function addShow(program: Command): void {
  const command = program
    .command('show')
    .description('print connections of a capture, even of one being written; all of them if no id is given')
    .argument('<capture>', 'capture file, a name that parley open lists, or a .pcap, .pcapng or .har file')
    .argument('[id...]', 'connection numbers, with or without the c')
    .option('--json', 'print JSON, one connection a line')
    .option('--all', 'every exchange, message and frame, not the first 10 and 100 of a connection')
    .option('--filter <filter>', 'only flows that fit, with their connections: ~d example.com & ~c 4xx')
    .option('--fields <paths>', 'of the JSON, only these members: id,verdict.agreed,legs.client.tls.ja4', readPaths)
    .option('--bytes', 'in the JSON, the bytes of every handshake message, HTTP/1 head and frame as well, in hex')
  addOptions(command, { keylog: importOptions.keylog }).action(show)
}

async function show(name: string, ids: string[], flags: ShowFlags): Promise<void> {
  const { openWhole } = await import('../importing/open-files.ts')
  const { printConnection, terminalStyle } = await import('../print-connection.ts')
  if (flags.fields) await checkMembers(flags.fields)
  const { capture, close } = await openWhole([name], flags)
  const { all, bytes, fields } = flags
  const options = { json: flags.json === true || fields !== undefined, style: terminalStyle(), all, bytes, fields }
  try {
    for (const [connection, exchanges] of await wanted(capture, ids, flags.filter)) {
      await printConnection(capture, connection, { ...options, exchanges })
    }
  } finally {
    await close()
  }
}

/** A connection, and which of its exchanges. */
type Wanted = readonly [Connection, readonly ExchangeId[]]

async function wanted(capture: Capture, texts: string[], filter: string | undefined): Promise<Iterable<Wanted>> {
  const ids = texts.map(readId)
  if (filter === undefined) return ids.length > 0 ? named(capture, ids) : everyConnection(capture)
  const fitting = await flowsByConnection(capture, filter)
  const found = [...fitting.keys()].filter(id => ids.length === 0 || ids.includes(id))
  return named(
    capture,
    found.toSorted((a, b) => a - b),
    fitting,
  )
}

function* named(
  capture: Capture,
  ids: readonly ConnectionId[],
  fitting?: ReadonlyMap<ConnectionId, readonly ExchangeId[]>,
): Generator<Wanted> {
  for (const id of ids) {
    const connection = capture.connection(id)
    if (!connection) throw new CliError(`no connection c${id} in ${capture.info().path}`)
    yield [connection, fitting?.get(id) ?? capture.exchangesOf(id)]
  }
}

function readId(text: string): ConnectionId {
  const match = /^c?(\d+)$/.exec(text)
  if (!match) throw new CliError(`${text} is not a connection number`, usageExitCode)
  return Number(match[1])
}

function readPaths(text: string): readonly string[] {
  const paths = text.split(',').map(path => path.trim())
  if (paths.some(path => !/^\w+(\.\w+)*$/.test(path)))
    throw new InvalidArgumentError('give members with dots and commas, as id,target.host.')
  return paths
}

/** A name that no connection has is a slip; below it a member may be missing because it has no value. */
async function checkMembers(paths: readonly string[]): Promise<void> {
  const { connectionMembers } = await import('../../view/json/connection-json.ts')
  const unknown = paths.map(path => path.split('.')[0]!).find(member => !connectionMembers.includes(member))
  if (unknown === undefined) return
  const meant = nearest(unknown, connectionMembers)
  const guess = meant === undefined ? `; they have ${connectionMembers.join(', ')}` : `. Did you mean ${meant}?`
  throw new CliError(`--fields: connections have no ${unknown}${guess}`, usageExitCode)
}

const page = 2000 // connections: the exchanges of so many are looked for in one scan

function* everyConnection(capture: Capture): Generator<Wanted> {
  for (let after = 0; ; ) {
    const connections = capture.connections({ after, limit: page })
    const last = connections.at(-1)?.id
    if (last === undefined) return
    const exchanges = capture.exchangesOfMany(after + 1, last)
    for (const connection of connections) yield [connection, exchanges.get(connection.id) ?? []]
    after = last
  }
}

/** The exchanges that fit by their connections; of one that fits itself there may be none. */
async function flowsByConnection(
  capture: Capture,
  text: string,
): Promise<ReadonlyMap<ConnectionId, readonly ExchangeId[]>> {
  const { fittingFlows, readFilter } = await import('../fitting-flows.ts')
  const found = new Map<ConnectionId, ExchangeId[]>()
  for (const { kind, id, connection } of fittingFlows(capture, readFilter(text, '--filter: '))) {
    const ids = found.get(connection) ?? []
    if (kind === 'exchange') ids.push(id)
    found.set(connection, ids)
  }
  return found
}
