import { Command } from 'commander'
import { addOptions, type FlagsOf, type OptionRows } from '../../src/cli/options.ts'

/** Reads command lines of a table of options, as commander does; throws what it would print. */
export const flagsFrom =
  <Rows extends OptionRows>(rows: Rows) =>
  (...argv: readonly string[]): FlagsOf<Rows> =>
    addOptions(new Command().exitOverride().configureOutput({ writeErr() {} }), rows)
      .parse([...argv], { from: 'user' })
      .opts<FlagsOf<Rows>>()
