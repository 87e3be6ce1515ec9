import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { shellFor } from '../../../src/launch/child/shell.ts'

const variables = { A: "it's", B: 'x\\y' }

function shellOf(t: TestContext, environment: Readonly<Record<string, string>>, platform: NodeJS.Platform = 'linux') {
  const folder = mkdtempSync(join(tmpdir(), 'shell-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return { folder, shell: shellFor(folder, variables, environment, platform) }
}

test('bash reads the person’s file first, then the variables and the prompt', t => {
  const { shell } = shellOf(t, { SHELL: '/bin/bash' })
  const [flag, path] = shell.args
  assert.deepEqual([shell.command, flag], ['/bin/bash', '--rcfile'])
  assert.equal(
    readFileSync(path!, 'utf8'),
    `[ -f ~/.bashrc ] && . ~/.bashrc\nexport A='it'\\''s'\nexport B='x\\y'\nPS1="(parley) $PS1"\n`,
  )
})

test('zsh reads the person’s files from where they are', t => {
  const { folder, shell } = shellOf(t, { SHELL: '/usr/bin/zsh', ZDOTDIR: '/home/me/z' })
  assert.deepEqual(shell.variables, { ZDOTDIR: join(folder, 'zsh') })
  const [env, rc] = ['.zshenv', '.zshrc'].map(name => readFileSync(join(folder, 'zsh', name), 'utf8'))
  assert.match(env!, /^ZDOTDIR='\/home\/me\/z'\n.*\.zshenv"\nZDOTDIR='.*\/zsh'\n$/)
  assert.match(rc!, /^ZDOTDIR='\/home\/me\/z'\n.*\.zshrc"\nexport A=(?:.*\n)*PS1="\(parley\) \$PS1"\n$/)
})

test('fish has its own quotes', t => {
  const { shell } = shellOf(t, { SHELL: '/usr/bin/fish' })
  const path = /^source '(.*)'$/.exec(shell.args[1]!)![1]!
  assert.match(readFileSync(path, 'utf8'), /^export A='it\\'s'\nexport B='x\\\\y'\n(?:.*\n)*function fish_prompt/)
})

test('another shell reads the file that ENV names, and the one that it named before', t => {
  const { shell } = shellOf(t, { SHELL: '/bin/dash', ENV: '/home/me/.shrc' })
  const text = readFileSync(shell.variables.ENV!, 'utf8')
  assert.match(text, /^\[ -f '\/home\/me\/\.shrc' \] && \. '\/home\/me\/\.shrc'\nexport A=/)
  assert.match(text, /PS1="\(parley\) \$PS1"\n$/)
})

test('without SHELL it is the one that every system has', t => {
  assert.equal(shellOf(t, {}).shell.command, '/bin/sh')
  const { shell } = shellOf(t, { ComSpec: 'C:\\Windows\\cmd.exe', SHELL: '/bin/bash' }, 'win32')
  assert.deepEqual([shell.command, shell.variables], ['C:\\Windows\\cmd.exe', { PROMPT: '(parley) $P$G' }])
})
