/** `parley run` on a real terminal: prompts, keys that are signals, job control, the screen beside a command. */
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { listenFor } from './support/origin.ts'
import { type Owner, temporaryFolder } from './support/processes.ts'
import { e2e, findProgram } from './support/programs.ts'
import { Terminal } from './support/tmux.ts'

const main = `${process.execPath} ${join(import.meta.dirname, '../../dist/src/cli/main.js')}`

interface Place {
  readonly terminal: Terminal
  readonly folder: string
  /** Types a line as a person would. */
  type(line: string): Promise<void>
}

/** A terminal in which `parley` is a command, with a home of its own. */
async function place(owner: Owner, shell: string, files: Readonly<Record<string, string>> = {}): Promise<Place> {
  const folder = temporaryFolder(owner)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  mkdirSync(join(folder, 'bin'))
  writeFileSync(join(folder, 'bin', 'parley'), `#!/bin/sh\nexec ${main} "$@"\n`, { mode: 0o755 })
  const environment = `HOME=${folder} XDG_DATA_HOME=${folder} ZDOTDIR= ENV= SHELL=${findProgram(shell)} PATH=${folder}/bin:$PATH`
  const terminal = await Terminal.open(owner, 120, 30, `cd ${folder}; ${environment} bash --norc --noprofile -i`)
  const type = (line: string): Promise<void> => terminal.press(...line, 'Enter')
  await type("PS1='outer> '")
  return { terminal, folder, type }
}

const patience = 30_000 // ms; a busy machine takes its time

const own = "PS1='mine: '; export HTTPS_PROXY=http://nowhere:1\n"

for (const [shell, seen, files] of [
  ['bash', /\(parley\) mine:/, { '.bashrc': own }],
  ['zsh', /\(parley\) mine:/, { '.zshrc': own }],
  ['dash', /\(parley\) [#$]/, {}],
  ['fish', /\(parley\) \S+@/, {}],
] as const)
  e2e(
    `a shell says that it runs in Parley, and its variables are set: ${shell}`,
    { needs: ['tmux', shell] },
    async t => {
      const { terminal, type } = await place(t, shell, files)
      await type('parley run')
      await terminal.shows(seen, patience)
      await type('echo "[$HTTPS_PROXY $no_proxy]"')
      await terminal.shows(/\[http:\/\/127\.0\.0\.1:\d+ \]/, patience)
      await type('exit 3')
      await terminal.shows(/nothing came through Parley[\s\S]*outer>/, patience)
      await type('echo "code $?"')
      await terminal.shows(/code 3/, patience)
    },
  )

const counting = `let n = 0; process.on('SIGINT', () => { n++; setTimeout(() => process.exit(40 + n), 300) }); console.log('up'); setInterval(() => {}, 1000)`

e2e('Ctrl-C reaches the command once, and Parley ends after it', { needs: ['tmux', 'bash'] }, async t => {
  const { terminal, type, folder } = await place(t, 'bash')
  writeFileSync(join(folder, 'counting.js'), counting)
  await type(`parley run ${process.execPath} counting.js`)
  await terminal.shows(/^up$/m, patience)
  await terminal.press('C-c')
  await terminal.shows(/saved to[\s\S]*outer>/, patience)
  await type('echo "code $?"')
  await terminal.shows(/code 41/, patience)
})

e2e('Ctrl-Z stops both, fg goes on with both', { needs: ['tmux', 'bash', 'curl'] }, async t => {
  const port = await listenFor(
    t,
    createServer((_, response) => void response.end('answered\n')),
  )
  const { terminal, type, folder } = await place(t, 'bash')
  writeFileSync(join(folder, 'ask.sh'), `echo up; read word; curl -sS http://127.0.0.1:${port}/`)
  await type('parley run sh ask.sh')
  await terminal.shows(/^up$/m, patience)
  await terminal.press('C-z')
  await terminal.shows(/Stopped/, patience)
  await type('fg')
  await type('word')
  await terminal.shows(/answered[\s\S]*1 flow/, patience)
})

e2e(
  'with --tui the screen shows the flows, and the log what the command prints',
  { needs: ['tmux', 'bash', 'curl'] },
  async t => {
    const port = await listenFor(
      t,
      createServer((_, response) => void response.end('answered\n')),
    )
    const { terminal, type, folder } = await place(t, 'bash')
    writeFileSync(join(folder, 'ask.sh'), `curl -sS http://127.0.0.1:${port}/asked; exit 6`)
    await type('parley run --tui sh ask.sh')
    await terminal.shows(/\/asked/, patience)
    await terminal.press('E')
    const log = (await terminal.shows(/ended with exit code 6/, patience)).join('\n')
    assert.match(log, /answered/)
    await terminal.press('q', 'q', 'q')
    await terminal.shows(/saved to[\s\S]*outer>/, patience)
    await type('echo "code $?"')
    await terminal.shows(/code 6/, patience)
  },
)

e2e('a terminal that is closed leaves nothing but the capture', { needs: ['tmux', 'bash'] }, async t => {
  const { terminal, type, folder } = await place(t, 'bash')
  await type('parley run')
  await terminal.shows(/\(parley\)/, patience)
  await type('echo $SSL_CERT_FILE > roots')
  await type('echo told')
  await terminal.shows(/^told$/m, patience)
  const roots = readFileSync(join(folder, 'roots'), 'utf8').trim()
  assert.ok(existsSync(roots), roots)
  await terminal.close()
  for (let left = 100; left > 0 && existsSync(join(roots, '..')); left--) await wait(100)
  assert.equal(existsSync(join(roots, '..')), false)
  assert.equal(readFileSync(join(folder, 'parley', 'touched.json'), 'utf8'), '[]\n')
})
