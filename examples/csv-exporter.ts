/**
 * An exporter of one's own: a line of CSV a flow, with what was agreed on both legs.
 * `node examples/csv-exporter.ts CAPTURE [FILTER] > flows.csv`
 */
import { openCapture } from 'parley-proxy'

const [path, filter] = process.argv.slice(2)
if (path === undefined) throw new Error('which capture?')

/** RFC 4180; what a spreadsheet would run as a formula begins with a quote. */
function cell(value: string | number | undefined): string {
  const text = String(value ?? '').replace(/^(?=[=+\-@\t\r])/, "'")
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
const line = (cells: readonly (string | number | undefined)[]): string => `${cells.map(cell).join(',')}\r\n`

using capture = openCapture(path)
process.stdout.write(line(['id', 'host', 'method', 'path', 'status', 'ms', 'client TLS', 'server TLS', 'failed because']))
for (const flow of capture.flows(filter)) {
  const { id, host, method, path, status, duration, clientVersion, upstreamVersion, note } = flow
  const ms = duration === undefined ? undefined : duration.toFixed(1)
  process.stdout.write(line([id, host, method, path, status, ms, clientVersion, upstreamVersion, note]))
}
