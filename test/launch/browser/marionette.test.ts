import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Start } from '../../../src/launch/browser/family.ts'
import { addRootByMarionette } from '../../../src/launch/browser/marionette.ts'
import { fakeProgram, folderOf, startIn } from './fake-browser.ts'

/** A Firefox that answers each command as this code says, in pieces of a few bytes, and keeps what it was asked. */
function fakeFirefox(t: TestContext, answer: string): Start {
  const folder = folderOf(t)
  const command = fakeProgram(
    folder,
    'firefox',
    `import fs from 'node:fs'
import net from 'node:net'
const words = process.argv.slice(2)
const profile = words[words.indexOf('--profile') + 1]
const asked = []
const server = net.createServer(socket => {
  const say = value => {
    const text = JSON.stringify(value)
    const whole = Buffer.from(Buffer.byteLength(text) + ':' + text)
    for (let i = 0; i < whole.length; i += 7) socket.write(whole.subarray(i, i + 7))
  }
  say({ applicationType: 'gecko', marionetteProtocol: 3 })
  let unread = ''
  socket.on('data', data => {
    unread += data
    for (let match; (match = /^(\\d+):/.exec(unread)) && unread.length >= match[0].length + Number(match[1]); ) {
      const end = match[0].length + Number(match[1])
      const [, id, name, parameters] = JSON.parse(unread.slice(match[0].length, end))
      unread = unread.slice(end)
      asked.push([name, parameters])
      fs.writeFileSync('${folder}/asked', JSON.stringify({ words, asked }))
      ;(${answer})({ id, name, say, socket })
      if (name === 'Marionette:Quit') process.exit(0)
    }
  })
})
server.listen(0, '127.0.0.1', () => fs.writeFileSync(profile + '/MarionetteActivePort', String(server.address().port)))
`,
  )
  return startIn(folder, { browser: { name: 'firefox', title: 'Firefox', family: 'firefox', command } })
}

const fine = '({ id, say }) => say([1, id, null, { value: null, text: "ä" }])'
const askedOf = ({ folder }: Start) =>
  JSON.parse(readFileSync(join(folder, 'asked'), 'utf8')) as { words: string[]; asked: [string, unknown][] }

test('Firefox is started without a window, given the root as one that servers may have, and ended', async t => {
  const start = fakeFirefox(t, fine)
  await addRootByMarionette(start)
  const { words, asked } = askedOf(start)
  assert.ok(words.includes('--headless') && words.includes('--marionette'))
  assert.deepEqual(
    asked.map(([name]) => name),
    ['WebDriver:NewSession', 'Marionette:SetContext', 'WebDriver:ExecuteScript', 'Marionette:Quit'],
  )
  const { script, args } = asked[2]![1] as { script: string; args: string[] }
  assert.match(script, /addCertFromBase64\(arguments\[0\], 'CT,,'\)/)
  assert.deepEqual(args, ['AAECAwQF'])
  assert.equal(existsSync(join(start.profile, 'MarionetteActivePort')), false)
})

test('what Firefox says is wrong is passed on, and it does not run on', async t => {
  const start = fakeFirefox(
    t,
    '({ id, name, say }) => say([1, id, name.endsWith("Script") ? { message: "no such token" } : null, null])',
  )
  await assert.rejects(addRootByMarionette(start), /Firefox did not take the root into its store \(no such token\)/)
  assert.equal(askedOf(start).asked.length, 3)
})

test('a Firefox that hangs up, ends at once, or is not there is an error', async t => {
  const closing = fakeFirefox(t, '({ socket }) => socket.destroy()')
  await assert.rejects(addRootByMarionette(closing), /it closed the connection/)
  const start = startIn(folderOf(t))
  for (const command of [fakeProgram(start.folder, 'firefox', ''), join(start.folder, 'none')]) {
    const browser = { ...start.browser, title: 'Firefox', command }
    await assert.rejects(addRootByMarionette({ ...start, browser }), /it ended, or opened no port/)
  }
})
