import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { clipboardTools, fillClipboard } from '../../src/launch/clipboard.ts'

const names = (environment: Record<string, string>, platform: NodeJS.Platform = 'linux') =>
  clipboardTools(environment, platform).map(([command]) => command)

test('the tool is that of the screen that a person sits at', () => {
  assert.deepEqual(names({ WAYLAND_DISPLAY: 'w', DISPLAY: ':0' }), ['wl-copy', 'xclip', 'xsel'])
  assert.deepEqual(names({ WSL_DISTRO_NAME: 'Debian' }), ['clip.exe'])
  assert.deepEqual([names({}), names({}, 'darwin'), names({}, 'win32')], [[], ['pbcopy'], ['clip']])
})

test('the first tool that takes the text is named, and gets all of it', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-test-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const [tool, out] = [join(folder, 'tool'), join(folder, 'out')]
  writeFileSync(tool, `#!/bin/sh\ncat > ${out}\n`)
  chmodSync(tool, 0o700)
  const text = 'ä'.repeat(200_000)
  assert.equal(await fillClipboard(text, [[join(folder, 'missing')], ['false'], [tool]]), tool)
  assert.equal(readFileSync(out, 'utf8'), text)
  assert.equal(await fillClipboard(text, [['false']]), undefined)
})
