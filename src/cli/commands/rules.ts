import type { Command } from 'commander'
import { print, printJson } from '../stdout.ts'

/** `parley rules`: the actions that --rule and --rules know, and how a rule is written. */
export function addRules(program: Command): void {
  program
    .command('rules')
    .description('list what --rule and --rules can do to traffic')
    .argument('[action]', 'one action alone')
    .option('--json', 'print JSON')
    .action(async (name: string | undefined, flags: { readonly json?: boolean }) => {
      const [{ ruleHelp, ruleJson }, { CliError, usageExitCode }] = await Promise.all([
        import('../rule-help.ts'),
        import('../fail.ts'),
      ])
      const text = ruleHelp(name)
      if (text === undefined) throw new CliError(`no such action: ${name}; parley rules lists them`, usageExitCode)
      if (flags.json) printJson(ruleJson(name))
      else print(text)
    })
}
