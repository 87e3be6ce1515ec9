import type { Command } from 'commander'
import type { Capture } from '../../store/capture.ts'
import { CliError, usageExitCode } from '../fail.ts'

/** `parley show CAPTURE [ID...]`: connections of a capture file, as `trace` prints them. */
export function addShow(program: Command): void {
  program
    .command('show')
    .description('print connections of a capture, even of one being written; all of them if no id is given')
    .argument('<capture>', 'capture file')
    .argument('[id...]', 'connection numbers, with or without the c')
    .option('--json', 'print JSON, one connection a line')
    .action(async (path: string, ids: string[], { json }: { json?: boolean }) => {
      const { openCapture } = await import('../../store/capture.ts')
      const { printConnection, terminalStyle } = await import('../print-connection.ts')
      const capture = openCapture(path)
      try {
        const wanted = ids.length > 0 ? ids.map(readId) : allConnections(capture)
        for (const id of wanted) {
          const connection = capture.connection(id)
          if (!connection) throw new CliError(`no connection c${id} in ${path}`)
          printConnection(capture, connection, { json: json ?? false, style: terminalStyle() })
        }
      } finally {
        capture.close()
      }
    })
}

function readId(text: string): number {
  const match = /^c?(\d+)$/.exec(text)
  if (!match) throw new CliError(`${text} is not a connection number`, usageExitCode)
  return Number(match[1])
}

function* allConnections(capture: Capture): Generator<number> {
  for (let after = 0; ; ) {
    const page = capture.connections({ after, limit: 200 })
    for (const { id } of page) {
      yield id
      after = id
    }
    if (page.length < 200) return
  }
}
