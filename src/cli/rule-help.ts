import type { ActionKind } from '../rules/actions/action.ts'
import { actions } from '../rules/actions/table.ts'

const head = `A rule says when and what: FILTER => ACTION ARGUMENTS
FILTER is that of the list (~d HOST, ~u URL, ~m METHOD, ~c STATUS, ~h HEADER, ~b BODY, !, |, parentheses); empty: all.
Words are quoted as in a shell. Rules act in order, each on what those before it made; filters ask about the message
as it came. A file for --rules is JSON with comments:

  [{ "when": "~d api.example", "do": ["no-cache", "delay response 500"], "name": "slow", "enabled": true, "stop": false }]

Actions:
`

/** Help on all actions, or on one; undefined where there is none of that name. */
export function ruleHelp(name?: string): string | undefined {
  if (name === undefined) return `${head}\n${actions.map(helpOf).join('\n')}`
  const kind = actions.find(each => each.name === name)
  return kind && helpOf(kind)
}

/** The same for programs: rules.schema.json describes every member. */
export const ruleJson = (name?: string): object => ({
  version: 1,
  actions: actions
    .filter(each => name === undefined || each.name === name)
    .map(kind => ({ name: kind.name, usage: kind.usage, says: kind.says, example: kind.example })),
})

const helpOf = ({ name, usage, says, example }: ActionKind): string =>
  `  ${`${name} ${usage}`.trimEnd()}\n      ${says}\n      ${example}\n`

/** The table of the README. */
export const ruleTable = (): string =>
  [
    '| action | meaning |',
    '|---|---|',
    ...actions.map(({ name, usage, says }) => `| \`${cell(`${name} ${usage}`.trimEnd())}\` | ${cell(says)} |`),
  ].join('\n')

const cell = (text: string): string => text.replaceAll('|', '\\|')
