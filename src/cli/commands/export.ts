import { type Command, Option } from 'commander'
import { CliError } from '../fail.ts'

interface ExportFlags {
  readonly as: 'capture'
  readonly output: string
}

/** `parley export CAPTURE --as capture -o FILE`: a capture with its bodies as one file. */
export function addExport(program: Command): void {
  program
    .command('export')
    .description('write a capture, even one being written, as one file')
    .argument('<capture>', 'capture file, or a name that parley open lists')
    .addOption(
      new Option('--as <format>', 'capture: what parley open reads').choices(['capture']).makeOptionMandatory(),
    )
    .requiredOption('-o, --output <file>', 'the file to make')
    .action(exportCapture)
}

async function exportCapture(name: string, { output }: ExportFlags): Promise<void> {
  const { copyCapture } = await import('../../store/copy-capture.ts')
  const { capturePath } = await import('../captures.ts')
  const problem = copyCapture(capturePath(name), output)
  if (problem) throw new CliError(`${output} was made, but lacks bodies: ${problem.message}`, 1, problem.remedy)
}
