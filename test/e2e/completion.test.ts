import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { ownFolder, recordVisits } from '../cli/recorded-run.ts'
import { lacking } from '../lacking.ts'
import type { Owner } from './support/processes.ts'
import { Terminal } from './support/tmux.ts'

/** Each shell itself completes words of Parley's command line, by keys where a terminal is there. */

const folder = ownFolder()
const main = join(import.meta.dirname, '../../dist/src/cli/main.js')
const env = {
  PATH: `${folder}:${process.env.PATH}`,
  HOME: folder,
  XDG_DATA_HOME: folder,
  LC_ALL: 'C.UTF-8',
  TERM: 'xterm',
}
before(async () => {
  writeFileSync(join(folder, 'parley'), `#!/bin/sh\nexec ${process.execPath} ${main} "$@"\n`)
  chmodSync(join(folder, 'parley'), 0o755)
  const { path } = await recordVisits(ownFolder())
  mkdirSync(join(folder, 'data', 'parley', 'captures'), { recursive: true })
  copyFileSync(path, join(folder, 'data', 'parley', 'captures', '2026-02-03T04-05-06.parley'))
  env.XDG_DATA_HOME = join(folder, 'data')
})

function run(shell: string, ...args: readonly string[]): readonly string[] {
  const { stdout, stderr, status } = spawnSync(shell, args, { env, cwd: folder, encoding: 'utf8', timeout: 60_000 })
  assert.equal(status, 0, stderr)
  return stdout.split('\n').filter(Boolean)
}

/** What a person types, and words that must be among those that are offered. */
const lines: readonly (readonly [typed: string, ...offered: string[]])[] = [
  ['parley rep', 'replay'],
  ['parley ca in', 'install'],
  ['parley ca install s', 'system'],
  ['parley record --unt', '--until'],
  ['parley --theme l', 'light'],
  ['parley show 2026', '2026-02-03T04-05-06'],
  ['parley compare a 2026', '2026-02-03T04-05-06'],
  ['parley rules moc', 'mock'],
  ['parley completion z', 'zsh'],
]

const bashOffers = (typed: string): readonly string[] =>
  run(
    'bash',
    '--norc',
    '-c',
    `source <(parley completion bash); COMP_LINE=$1; COMP_POINT=\${#1}; read -ra COMP_WORDS <<< "$1"; COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
     _parley; printf '%s\\n' "\${COMPREPLY[@]}"`,
    'bash',
    typed,
  )

const fishOffers = (typed: string): readonly string[] =>
  run('fish', '--no-config', '-c', 'parley completion fish | source; complete -C $argv[1]', typed).map(
    line => line.split('\t')[0]!,
  )

for (const [shell, offers] of [
  ['bash', bashOffers],
  ['fish', fishOffers],
] as const)
  test(`${shell} is offered commands, options, values, captures and operators`, { skip: lacking(shell) }, () => {
    for (const [typed, ...offered] of lines) assert.deepEqual([...offers(typed)].sort(), offered.sort(), typed)
  })

test('fish completes inside a quote, and says what a word means', { skip: lacking('fish') }, () => {
  const said = run(
    'fish',
    '--no-config',
    '-c',
    'parley completion fish | source; complete -C "parley assert x \'all ~d a are ~ja"',
  )
  assert.match(said[0]!, /all ~d a are ~ja4\W*\tJA4 of either hello/)
})

/** Opens a shell on a terminal, with its completion loaded by its start file. */
async function open(owner: Owner, shell: 'bash' | 'zsh'): Promise<Terminal> {
  const home = join(folder, `home-${shell}`)
  mkdirSync(home, { recursive: true })
  writeFileSync(join(home, '.bashrc'), 'PS1="ready> "\nsource <(parley completion bash)\n')
  writeFileSync(
    join(home, '.zshrc'),
    'autoload -U compinit; compinit -u -D\nsource <(parley completion zsh)\nPS1="ready> "\n',
  )
  const variables = Object.entries({ ...env, HOME: home, ZDOTDIR: home }).map(([name, value]) => `${name}='${value}'`)
  const terminal = await Terminal.open(owner, 100, 30, `env -i ${variables.join(' ')} ${shell} -i`)
  await terminal.shows(/^ready>/m, 20_000)
  return terminal
}

/** What is typed before Tab, and what is then on the line. */
const typings: readonly (readonly [typed: string, then: RegExp])[] = [
  ['parley asse', /^ready> parley assert\b/m],
  ['parley record --unt', /^ready> parley record --until\b/m],
  ['parley show 20', /^ready> parley show 2026-02-03T04-05-06\b/m],
  ["parley assert x 'all ~d a are ~ja", /^ready> parley assert x 'all ~d a are ~ja4/m],
  ['parley show --filter=~cip', /^ready> parley show --filter=\\?~cipher\b/m],
]

for (const shell of ['bash', 'zsh'] as const)
  test(`${shell} completes what is typed on a terminal`, { skip: lacking(shell, 'tmux') }, async t => {
    const terminal = await open(t, shell)
    for (const [typed, then] of typings) {
      await terminal.press(...typed, 'Tab')
      await terminal.shows(then)
      await terminal.press('C-c')
      await terminal.press(...'clear', 'Enter')
      await terminal.shows(/^ready>\s*$/m)
    }
    await terminal.press(...'parley rec', 'Tab', ..."--until '~a", 'Tab', 'Tab')
    await terminal.shows(/~acted[\s\S]*~alpn/)
  })
