import { redirectRules, setRedirect } from '../launch/redirect/redirect.ts'
import { CliError, note } from './fail.ts'
import { openJournal } from './open-journal.ts'
import type { Run } from './run.ts'

const ports = [80, 443]

/**
 * Says the rules by which the firewall leads connections to `at`. With `setup` they are set until the run is closed or
 * the process ends. Throws CliError.
 */
export async function withRedirect(
  run: Run,
  at: { readonly host: string; readonly port: number },
  setup: boolean,
): Promise<Run> {
  const table = `parley_${process.pid}`
  const rules = redirectRules({ ...at, ports, user: process.getuid?.() ?? 0 }, table)
  if (!setup) {
    const name = /^table (\w+ \w+)/.exec(rules)![1]
    note(`to lead connections here: nft -f - <<'END'\n${rules}END\nand to stop that: nft delete table ${name}`)
    return run
  }
  note(`until Parley ends these rules are set:\n${rules}`)
  let undo: () => void
  try {
    undo = setRedirect(rules, table, openJournal())
  } catch (error) {
    await run.close()
    throw new CliError((error as Error).message, 1, 'Run Parley as root, with nftables installed.')
  }
  const release = (): void => {
    process.off('exit', release)
    undo()
  }
  process.on('exit', release)
  return {
    ...run,
    close() {
      release() // who connects now goes to its server
      return run.close()
    },
  }
}
