import type { RuleSource } from '../rules/rule.ts'
import type { ProxyFlags } from './options.ts'

/** The rules that a command line asks for, in the order in which they act. */
export interface RuleWishes {
  /** Those of --block, which nothing else may answer for. */
  readonly first: readonly RuleSource[]
  /** Of --rule, not read yet. */
  readonly texts: readonly string[]
  /** Path of --rules; its rules come after those of the command line. */
  readonly file?: string
  /** The other ready-made ones: they see what the rules before them made. */
  readonly last: readonly RuleSource[]
}

type RuleFlags = Pick<ProxyFlags, 'rule' | 'rules' | 'block' | 'stripAltSvc' | 'cache' | 'cors' | 'throttle'>

/** Undefined where no rule is asked for. */
export function ruleWishes(flags: RuleFlags): RuleWishes | undefined {
  const first = flags.block.map(host => ({
    name: `--block ${host}`,
    when: `~d "${hostExpression(host)}"`,
    do: ['block 403'],
  }))
  const last = [
    ...(flags.stripAltSvc ? [always('strip-alt-svc')] : []),
    ...(flags.cache ? [] : [always('no-cache')]),
    ...(flags.cors ? [always('cors')] : []),
    ...(flags.throttle === undefined ? [] : [always(`throttle ${flags.throttle}`)]),
  ]
  const { rule: texts, rules: file } = flags
  if (first.length + last.length + texts.length === 0 && file === undefined) return undefined
  return { first, texts, ...(file !== undefined && { file }), last }
}

const always = (action: string): RuleSource => ({ name: `--${action}`, when: '', do: [action] })

/** `*.domain` is every name below it, as for other options. Each punctuation is escaped, a quote among them. */
function hostExpression(host: string): string {
  const escaped = host.replace(/^\*/, '').replace(/[!-/:-@[-^`{-~]/g, '\\$&')
  return host.startsWith('*.') ? `${escaped}$` : `^${escaped}$`
}
