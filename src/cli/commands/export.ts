import { type Command, Option } from 'commander'
import { CliError } from '../fail.ts'

interface ExportFlags {
  readonly as: 'capture' | 'pcapng'
  readonly output: string
}

/** `parley export CAPTURE --as FORMAT -o FILE`: a capture as one file of another kind. */
export function addExport(program: Command): void {
  program
    .command('export')
    .description('write a capture, even one being written, as one file')
    .argument('<capture>', 'capture file, or a name that parley open lists')
    .addOption(
      new Option(
        '--as <format>',
        'capture: what parley open reads; pcapng: both legs with their secrets, for Wireshark',
      )
        .choices(['capture', 'pcapng'])
        .makeOptionMandatory(),
    )
    .requiredOption('-o, --output <file>', 'the file to make')
    .action(exportCapture)
}

async function exportCapture(name: string, { as, output }: ExportFlags): Promise<void> {
  if (as === 'pcapng') return await exportPcapng(name, output)
  const { copyCapture } = await import('../../store/copy-capture.ts')
  const { capturePath } = await import('../captures.ts')
  const problem = copyCapture(capturePath(name), output)
  if (problem) throw new CliError(`${output} was made, but lacks bodies: ${problem.message}`, 1, problem.remedy)
}

async function exportPcapng(name: string, output: string): Promise<void> {
  const { pcapng } = await import('../../export/pcapng/pcapng.ts')
  const { openNamed } = await import('../open-capture.ts')
  const { writePieces } = await import('../write-pieces.ts')
  const capture = openNamed(name)
  try {
    writePieces(output, pcapng(capture))
  } finally {
    capture.close()
  }
}
