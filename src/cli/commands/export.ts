import { type Command, Option } from 'commander'
import { type ExportKey, exportKeys, loadExporter } from '../../export/exporters.ts'
import { CliError, usageExitCode } from '../fail.ts'

interface ExportFlags {
  readonly as: 'capture' | ExportKey
  readonly output?: string
  /** A file of rules; empty where none is named. */
  readonly redact?: string
}

const redactSays =
  'without cookies, credentials, tokens and what else looks like a secret; =FILE names more (JSON with comments)'

/** `parley export CAPTURE [FILTER] --as FORMAT -o FILE`: a capture, or the flows of it that fit, for other programs. */
export function addExport(program: Command): void {
  program
    .command('export')
    .description('write a capture, even one being written, in the format of another program')
    .argument('<capture>', 'capture file, or a name that parley open lists')
    .argument('[filter]', 'only flows that fit: ~d example.com & ~c 4xx')
    .addOption(
      new Option('--as <format>', 'capture: one file that parley open reads; the others are for other programs')
        .choices(['capture', ...exportKeys])
        .makeOptionMandatory(),
    )
    .option('-o, --output <file>', 'the file to make; without it, or as -, text goes to stdout')
    .option('--redact [=file]', redactSays)
    .action(exportCapture)
}

async function exportCapture(name: string, filter: string | undefined, flags: ExportFlags): Promise<void> {
  if (flags.as === 'capture') return exportWhole(name, filter, flags)
  const exporter = await loadExporter(flags.as)
  const { readFilter } = await import('../fitting-flows.ts')
  const { writeExport } = await import('../export/write-export.ts')
  const selection = filter === undefined ? {} : { filter: readFilter(filter, '') }
  if (flags.redact !== undefined && exporter.unredacted !== undefined)
    throw new CliError(`--as ${flags.as} cannot be redacted: ${exporter.unredacted}`, usageExitCode)
  const redaction = flags.redact === undefined ? undefined : await import('../export/redaction-here.ts')
  const here = redaction?.openRedactionHere(redaction.redactionRules(flags.redact!))
  const { capture, close } = await (await import('../importing/open-files.ts')).openWhole([name], {})
  try {
    const source = { capture: here?.clean(capture) ?? capture, selection, redacted: here !== undefined }
    await writeExport(exporter, source, flags.output)
    here?.tell()
  } finally {
    await close()
  }
}

async function exportWhole(name: string, filter: string | undefined, { output, redact }: ExportFlags): Promise<void> {
  if (redact !== undefined)
    throw new CliError('--as capture cannot be redacted: it is the capture as it is', usageExitCode)
  if (filter !== undefined) throw new CliError('--as capture takes the whole capture, without a filter', usageExitCode)
  if (output === undefined || output === '-')
    throw new CliError('--as capture is no text: name a file with -o FILE', usageExitCode)
  const { copyCapture } = await import('../../store/copy-capture.ts')
  const { capturePath } = await import('../captures.ts')
  const problem = copyCapture(capturePath(name), output)
  if (problem) throw new CliError(`${output} was made, but lacks bodies: ${problem.message}`, 1, problem.remedy)
}
