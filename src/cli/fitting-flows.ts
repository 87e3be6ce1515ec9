import type { Filter } from '../filter/ast.ts'
import { FilterError } from '../filter/filter-error.ts'
import { parseFilter } from '../filter/parser.ts'
import type { Capture } from '../store/capture.ts'
import type { FlowRow } from '../store/queries.ts'
import { CliError, usageExitCode } from './fail.ts'

const page = 2000

/** The flows that fit, or all, oldest first; read a page at a time. */
export function* fittingFlows(capture: Capture, filter?: Filter): Generator<FlowRow> {
  for (let after = 0; ; ) {
    const rows = capture.flows({ ...(filter && { filter }), after, limit: page })
    yield* rows
    if (rows.length < page) return
    after = rows.at(-1)!.id
  }
}

/** A filter of the command line. Throws CliError with exit code 2; `where` names it. */
export function readFilter(text: string, where: string): Filter {
  try {
    return parseFilter(text)
  } catch (error) {
    throw error instanceof FilterError ? new CliError(`${where}${misread(error)}`, usageExitCode) : error
  }
}

/** `column 5: expected host after ~d, found the end` */
export const misread = ({ position, expected, found }: FilterError): string =>
  `column ${position + 1}: expected ${expected}, found ${found}`
