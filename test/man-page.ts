import type { Command, Option } from 'commander'
import { assertHelp } from '../src/cli/commands/assert.ts'
import { compareHelp } from '../src/cli/commands/compare.ts'
import { meaning, type OptionRows, proxyOptions, screenOptions, systemOptions } from '../src/cli/options.ts'
import { operators } from '../src/filter/operators.ts'
import { version } from '../src/model/version.ts'

/** The manual page, from the table of options and the commands. `npm run docs` writes it. */

/** Text for roff: man(7) and groff_char(7) on what a line may begin with and on hyphens that are to be copied. */
const roff = (text: string): string =>
  text
    .split('\n')
    .map(line => escaped(line.trim()))
    .join('\n')

const characters: Readonly<Record<string, string>> = {
  ...{ '\\': '\\e', '-': '\\-', "'": '\\(aq', '`': '\\(ga', '^': '\\(ha', '~': '\\(ti' },
}

const escaped = (line: string): string =>
  line.replace(/[\\\-'`^~]/g, character => characters[character]!).replace(/^\./, '\\&.')

const bold = (text: string): string => `\\fB${roff(text)}\\fR`
const entry = (head: string, text: string): string => `.TP\n${head}\n${roff(text)}`
const section = (title: string, ...lines: readonly string[]): string => [`.SH ${title}`, ...lines].join('\n')
const asIs = (text: string): string => ['.PP', '.nf', ...text.split('\n').map(escaped), '.fi'].join('\n')

/** `-l, --listen <host:port>` with the flags in bold and the value in italics. */
function flagHead(flags: string): string {
  const [, names = '', value] = /^(.*?)(?:[ =]?<(.*)>)?$/.exec(flags) ?? []
  const shown = names.split(', ').map(bold).join(', ')
  return value === undefined ? shown : `${shown} \\fI${roff(value.toUpperCase())}\\fR`
}

const shared: OptionRows = { ...proxyOptions, ...systemOptions, ...screenOptions }
const sharedFlags = new Set(Object.values(shared).map(({ flag }) => flag))
const optionEntries = (rows: OptionRows): readonly string[] =>
  Object.values(rows).map(row => entry(flagHead(row.flag), meaning(row)))

const visible = (command: Command): readonly Command[] =>
  command.commands.filter(each => !(each as Command & { readonly _hidden?: boolean })._hidden && each.name() !== 'help')

/** A command with its own commands, each with the options that are its own. */
function commandEntries(command: Command, before: string): readonly string[] {
  const name = `${before} ${command.name()}`
  const inner = visible(command)
  if (inner.length > 0) return inner.flatMap(each => commandEntries(each, name))
  const own = command.options.filter(({ flags, hidden }) => !hidden && !sharedFlags.has(flags))
  const usage = command.usage().replace(/^\[options\] ?/, '')
  const proxies = command.options.some(({ long }) => long === '--reverse')
  const screen = command.options.some(({ long }) => long === '--theme')
  const also = [proxies && 'the proxy', screen && 'the screen'].filter(each => each !== false)
  const rest = also.length > 0 ? ` Takes the options of ${also.join(' and of ')}.` : ''
  return [
    `.SS ${roff(`${name} ${inCapitals(usage)}`.trim())}`,
    roff(`${sentence(command.description())}${rest}`),
    ...command.registeredArguments
      .filter(({ description }) => description !== '')
      .map(argument => entry(`\\fI${roff(argument.name().toUpperCase())}\\fR`, argument.description)),
    ...own.map(option => entry(flagHead(option.flags), option.description)),
    ...(helpOf[command.name()] === undefined ? [] : [asIs(helpOf[command.name()]!.trim())]),
  ]
}

/** `<capture> [filter...]` as `CAPTURE [FILTER...]` */
const inCapitals = (usage: string): string =>
  usage.replace(/[<[][\w.:-]+[>\]]/g, word => word.toUpperCase().replace(/[<>]/g, ''))

const sentence = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}.`
const helpOf: Readonly<Record<string, string>> = { assert: assertHelp, compare: compareHelp }

export const manPage = (program: Command): string =>
  `${[
    `.\\" Made by npm run docs from the tables of options and commands.`,
    `.TH PARLEY 1 "" "parley ${version}" "User Commands"`,
    section('NAME', 'parley \\- intercepting proxy that shows both TLS handshakes of every connection'),
    section(
      'SYNOPSIS',
      `${bold('parley')} [\\fIOPTIONS\\fR]`,
      '.br',
      `${bold('parley')} \\fICOMMAND\\fR [\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]`,
    ),
    section(
      'DESCRIPTION',
      roff(`${program.description()} Without a command it is the proxy, with a screen where there is a terminal.`),
    ),
    section('OPTIONS', entry(flagHead('--json'), jsonOf(program).description), ...optionEntries(shared)),
    section('COMMANDS', ...visible(program).flatMap(each => commandEntries(each, 'parley'))),
    section(
      'FILTERS',
      roff(
        'Terms side by side both hold; ! is not, & and, | or; parentheses group. A word alone is looked for in the URL.',
      ),
      ...operators.map(({ name, help }) => entry(bold(`~${name}`), help)),
    ),
    section(
      'EXIT STATUS',
      entry(bold('0'), 'it was done, and of assert, compare, replay and doctor: all is as it should be'),
      entry(bold('1'), 'it failed, or something is not as it should be'),
      entry(bold('2'), 'the command line, a filter or the config file cannot be read'),
      entry(bold('3'), 'assert and compare: a capture cannot be read or a report cannot be written'),
      entry(bold('141'), 'nobody reads what is printed any more'),
      roff('parley run ends with the exit status of its command.'),
    ),
    section(
      'FILES',
      entry(
        bold('$XDG_DATA_HOME/parley'),
        'captures, and the root certificate with its key (default: ~/.local/share/parley)',
      ),
      entry(bold('$XDG_CONFIG_HOME/parley/config.json'), 'options and keys (default: ~/.config/parley/config.json)'),
    ),
    section('SEE ALSO', '.BR curl (1),\n.BR mitmproxy (1),\n.BR tshark (1)'),
  ].join('\n')}\n`

const jsonOf = (program: Command): Option => program.options.find(({ long }) => long === '--json')!
