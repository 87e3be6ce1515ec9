import { mkdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** How a shell is started that says where it runs. */
export interface Shell {
  readonly command: string
  readonly args: readonly string[]
  /** What it gets beside the variables of every child. */
  readonly variables: Readonly<Record<string, string>>
}

interface Kind {
  readonly matches: RegExp
  /** Writes what the shell reads after the person's own start files, which may have set the variables otherwise. */
  prepare(folder: string, variables: Environment, environment: Environment): Omit<Shell, 'command'>
}

const mark = '(parley) '
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
const fishQuoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`
const exported = (variables: Environment, quote = quoted): string =>
  Object.entries(variables)
    .map(([name, value = '']) => `export ${name}=${quote(value)}\n`)
    .join('')

const bash: Kind = {
  matches: /^bash/,
  prepare(folder, variables) {
    const path = join(folder, 'bashrc')
    writeFileSync(path, `[ -f ~/.bashrc ] && . ~/.bashrc\n${exported(variables)}PS1="${mark}$PS1"\n`, { mode: 0o600 })
    return { args: ['--rcfile', path], variables: {} }
  },
}

/** zsh reads all its files from ZDOTDIR: ours call the person's. */
const zsh: Kind = {
  matches: /^zsh/,
  prepare(folder, variables, { ZDOTDIR: theirs, HOME: home = homedir() }) {
    const own = join(folder, 'zsh')
    mkdirSync(own, { mode: 0o700 })
    const call = (name: string): string =>
      `ZDOTDIR=${quoted(theirs || home)}\n[ -f "$ZDOTDIR/${name}" ] && . "$ZDOTDIR/${name}"\n`
    writeFileSync(join(own, '.zshenv'), `${call('.zshenv')}ZDOTDIR=${quoted(own)}\n`, { mode: 0o600 })
    writeFileSync(join(own, '.zshrc'), `${call('.zshrc')}${exported(variables)}PS1="${mark}$PS1"\n`, { mode: 0o600 })
    return { args: [], variables: { ZDOTDIR: own } }
  },
}

const fish: Kind = {
  matches: /^fish/,
  prepare(folder, variables) {
    const path = join(folder, 'parley.fish')
    const prompt = `functions -c fish_prompt __parley_prompt\nfunction fish_prompt; echo -n ${fishQuoted(mark)}; __parley_prompt; end\n`
    writeFileSync(path, exported(variables, fishQuoted) + prompt, { mode: 0o600 }) // fish knows export
    return { args: ['--init-command', `source ${fishQuoted(path)}`], variables: {} }
  },
}

/** dash, ksh and others read the file that ENV names. */
const posix: Kind = {
  matches: /sh$/,
  prepare(folder, variables, { ENV: theirs }) {
    const path = join(folder, 'shrc')
    const own = theirs ? `[ -f ${quoted(theirs)} ] && . ${quoted(theirs)}\n` : ''
    writeFileSync(path, `${own}${exported(variables)}PS1="${mark}$PS1"\n`, { mode: 0o600 })
    return { args: [], variables: { ENV: path } }
  },
}

const other: Kind = { matches: /^/, prepare: () => ({ args: [], variables: { PROMPT: `${mark}$P$G` } }) } // cmd.exe

/** The person's shell. `variables` are those of every child; what it reads at its start goes to `folder`. */
export function shellFor(
  folder: string,
  variables: Environment,
  environment: Environment,
  platform: NodeJS.Platform = process.platform,
): Shell {
  const command =
    (platform === 'win32' ? environment.ComSpec : environment.SHELL) || (platform === 'win32' ? 'cmd.exe' : '/bin/sh')
  const kind = [bash, zsh, fish, posix, other].find(({ matches }) => matches.test(basename(command)))!
  return { command, ...kind.prepare(folder, variables, environment) }
}
