import { RedactionError, readRedactionRules } from '../../export/redact/read-rules.ts'
import { redactedCapture } from '../../export/redact/redacted-capture.ts'
import { defaultRules, RedactionLog, type RedactionRules } from '../../export/redact/redaction.ts'
import { redactedLines } from '../../export/redact/told-lines.ts'
import type { Capture } from '../../store/capture.ts'
import { CliError, note, usageExitCode } from '../fail.ts'
import { readBounded } from '../read-bounded.ts'

const mostBytes = 1024 * 1024

/** What is redacted by `--redact[=FILE]`: the text is empty where no file is named. Throws CliError. */
export function redactionRules(file: string): RedactionRules {
  if (file === '') return defaultRules
  try {
    return readRedactionRules(readBounded(file, mostBytes).toString())
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why = error instanceof RedactionError ? message : `cannot be read (${code ?? message})`
    throw new CliError(`--redact: ${file}: ${why}`, usageExitCode)
  }
}

export interface RedactionHere {
  /** The capture without its secrets. */
  clean(capture: Capture): Capture
  /** Says at the end what was left out. */
  tell(): void
}

export function openRedactionHere(rules: RedactionRules): RedactionHere {
  const log = new RedactionLog()
  return {
    clean: capture => redactedCapture(capture, rules, log),
    tell: () => note(redactedLines(log.counts()).join('\n')),
  }
}
