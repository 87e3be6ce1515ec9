import type { Filter } from '../filter/ast.ts'
import { FilterError } from '../filter/filter-error.ts'
import { parseFilter } from '../filter/parser.ts'
import { CliError, usageExitCode } from './fail.ts'

/** The filter that a person typed as an argument. Throws CliError, which says where the mistake is. */
export function readFilter(text: string): Filter {
  try {
    return parseFilter(text)
  } catch (error) {
    throw error instanceof FilterError ? new CliError(`${text}: ${error.message}`, usageExitCode) : error
  }
}
