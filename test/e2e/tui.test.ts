/** The screens on a real terminal: every view at two sizes with hostile strings in every field, and how they end. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { openCapture } from '../../src/store/capture.ts'
import { width } from '../../src/view/width.ts'
import { forbidden, writeHostileCapture } from './support/hostile-capture.ts'
import { fixture } from './support/identities.ts'
import { identityArguments, startOpensslServer } from './support/openssl.ts'
import { run, temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'
import { Terminal } from './support/tmux.ts'

const main = `${process.execPath} ${join(import.meta.dirname, '../../dist/src/cli/main.js')}`

/** From the list, the keys to a view, what is to be seen there, and the keys back. */
const views: readonly (readonly [name: string, keys: readonly string[], seen: RegExp, back: readonly string[]])[] = [
  ['list', [], /method +stat/, []],
  ['waterfall', ['w'], /[▌─█·]/, ['w']],
  ['order', ['o'], /duration/, [':', ...'order time', 'Enter']],
  ['host tree', ['t', 'l'], /host and path/, ['q']],
  ['filter', ['f', ...'~m GET', 'Enter'], /filter/, ['u']],
  ['flow, request', ['j', 'Enter', '1'], /1 request/, ['q']],
  ['flow, facets', ['Enter', '1', 'j', 'j', 'j', 'Enter'], /1 request/, ['q']],
  ['flow, response', ['Enter', '2'], /body: |otherwise/, ['q']],
  ['flow, raw', ['Enter', '2', 'm', 'm'], /body: |otherwise/, ['q']],
  ['flow, hex', ['Enter', '2', ':', ...'view-as hex', 'Enter'], / hex/, ['q']],
  ['flow, connection', ['Enter', '3'], /client leg/, ['q']],
  ['flow, timing', ['Enter', '4'], /receive/, ['q']],
  ['connection', ['c'], /1 handshake/, ['q']],
  ['comparison', ['c', '2'], /agreed without Parley/, ['q']],
  ['keys', ['c', '3'], /3 keys/, ['q']],
  ['records', ['c', '4'], /4 records/, ['q']],
  ['frames', ['c', '5'], /frame/, ['q']],
  ['timeline', ['c', '6'], /server/, ['q']],
  ['diff', ['g', 'j', 'm', 'D'], /what differs/, ['q']],
  ['help', ['?'], /Keys for/, ['q']],
  ['event log', ['E'], /Event log/, ['q']],
  ['copy menu', ['y'], /copy:/, ['q']],
]

for (const [columns, rows] of [
  [80, 24],
  [160, 48],
] as const)
  e2e(
    `every view fits ${columns}x${rows} and lets nothing hostile through`,
    { needs: ['tmux'], timeout: 120_000 },
    async t => {
      const path = join(temporaryFolder(t), 'hostile.parley')
      writeHostileCapture(path)
      const terminal = await Terminal.open(t, columns, rows, `${main} open ${path}`)
      await terminal.shows(/method +stat/)
      for (const [name, keys, seen, back] of views)
        await t.test(name, async () => {
          await terminal.press(...keys)
          const screen = await terminal.shows(seen)
          assert.ok(screen.length <= rows)
          assert.equal(screen[rows - 1] ?? '', '', 'the last row stays free, or the terminal would scroll')
          for (const row of screen) assert.ok(width(row) <= columns, row)
          await terminal.press(...back)
          await terminal.shows(/method +stat/)
        })
      assert.doesNotMatch(terminal.written(), forbidden)
    },
  )

e2e('the first run offers four ways in, once, and any key goes on', { needs: ['tmux'] }, async t => {
  const folder = temporaryFolder(t)
  const command = `env XDG_DATA_HOME=${folder} ${main} -l 127.0.0.1:0`
  const terminal = await Terminal.open(t, 80, 24, command)
  const screen = await terminal.shows(/Any key goes on/)
  for (const way of [/browser https/, /run -- curl/, /system-proxy on/, /--listen 0\.0\.0\.0:/])
    assert.match(screen.map(row => row.trim()).join(''), way)
  await terminal.press('x')
  await terminal.shows(/Nothing came through yet/)
  await terminal.press('C-c')
  await terminal.shows(/capture saved/)
  const second = await Terminal.open(t, 80, 24, command)
  assert.doesNotMatch((await second.shows(/Nothing came through yet/)).join('\n'), /Any key/)
})

e2e('the screen follows the size of its window', { needs: ['tmux'] }, async t => {
  const path = join(temporaryFolder(t), 'hostile.parley')
  writeHostileCapture(path)
  const terminal = await Terminal.open(t, 120, 40, `${main} open ${path}`)
  await terminal.shows(/client │ server/)
  for (const [columns, rows] of [
    [60, 20],
    [200, 50],
    [80, 24],
  ] as const) {
    await terminal.resize(columns, rows)
    await terminal.shows(columns < 100 ? /stat +host +path/ : /client │ server/)
    const screen = await terminal.shows(/q quit/)
    assert.match(screen[rows - 2] ?? '', /q quit/, 'the keys stand at the foot')
  }
})

e2e('the terminal is what it was, however the program ends', { needs: ['tmux'], timeout: 120_000 }, async t => {
  const path = join(temporaryFolder(t), 'hostile.parley')
  writeHostileCapture(path)
  for (const ending of ['q', 'C-c', 'SIGTERM']) {
    const terminal = await Terminal.open(t, 80, 24, `sh -c 'echo $$; exec ${main} open ${path}'; echo left`)
    await terminal.shows(/method +stat/)
    assert.match(await terminal.modes(), /^1 /)
    const pid = Number(/^(\d+)/m.exec(terminal.written())?.[1])
    if (ending === 'SIGTERM') process.kill(pid, ending)
    else await terminal.press(ending)
    await terminal.shows(/left/)
    assert.equal(await terminal.modes(), '0 1', ending)
  }
})

e2e('P on a client that pins lets its next connection pass', { needs: ['tmux', 'openssl', 'curl'] }, async t => {
  const home = temporaryFolder(t)
  const files = fixture('ecdsa')
  const { port } = await startOpensslServer(t, '-www', ...identityArguments(files))
  const path = join(home, 'p.parley')
  const terminal = await Terminal.open(t, 120, 30, `${main} -k -l 127.0.0.1:0 --ca-dir ${home}/ca --capture ${path}`)
  const listening = await terminal.shows(/127\.0\.0\.1:\d+/)
  const proxy = Number(/127\.0\.0\.1:(\d+)/.exec(listening.join('\n'))?.[1])
  const ask = () =>
    run('curl', ['-s', '-x', `http://127.0.0.1:${proxy}`, '--cacert', files.cert, `https://localhost:${port}/`])
  await ask()
  await terminal.shows(/unknown_ca|does not trust/)
  await terminal.press('G', 'P')
  await terminal.shows(/passed through unread/)
  await ask()
  await terminal.shows(/c2 /)
  await terminal.press('q')
  await terminal.shows(/q again/)
  await terminal.press('q')
  await terminal.shows(/capture saved/)
  const { stdout } = await run(process.execPath, [
    join(import.meta.dirname, '../../dist/src/cli/main.js'),
    'show',
    path,
    '--json',
  ])
  const [first, second] = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  assert.deepEqual([first.treatment, second.treatment], ['observe', 'pass-through'])
  const names = second.legs.client.tls.messages.map(({ name }: { name: string }) => name)
  assert.deepEqual(names.slice(0, 2), ['client_hello', 'server_hello'])
})

const literally = (text: string): string => text.replace(/[.*]/g, '\\$&')

e2e(':pass-through takes an address, a range and a port', { needs: ['tmux', 'openssl', 'curl'] }, async t => {
  const home = temporaryFolder(t)
  const files = fixture('ecdsa')
  const { port } = await startOpensslServer(t, '-www', ...identityArguments(files))
  const path = join(home, 'p.parley')
  const terminal = await Terminal.open(t, 120, 30, `${main} -k -l 127.0.0.1:0 --ca-dir ${home}/ca --capture ${path}`)
  const listening = await terminal.shows(/Any key goes on/)
  const proxy = Number(/127\.0\.0\.1:(\d+)/.exec(listening.join('\n'))?.[1])
  await terminal.press('x')
  await terminal.shows(/Nothing came through/)
  const command = async (text: string, answer: RegExp): Promise<void> => {
    await terminal.press(':', ...`pass-through ${text}`, 'Enter')
    await terminal.shows(answer)
  }
  await command('10.0.0.0/33', /give HOST, \*\.DOMAIN, ADDRESS or ADDRESS\/BITS/)
  for (const pattern of ['*.test:1', '::1', '127.0.0.0/8:1', `127.0.0.0/8:${port}`])
    await command(pattern, new RegExp(`to ${literally(pattern)} are passed through`))
  const ask = () => run('curl', ['-sk', '-x', `http://127.0.0.1:${proxy}`, `https://localhost:${port}/`])
  await ask()
  await terminal.press('p')
  await terminal.shows(new RegExp(literally(`127.0.0.0/8:${port}`)))
  await terminal.press('G', 'd')
  await terminal.shows(/are opened again/)
  await ask()
  const capture = openCapture(path)
  t.after(() => capture.close())
  const treatments = () => capture.connections({ limit: 9 }).map(({ treatment }) => treatment)
  const both = () => treatments().filter(treatment => treatment !== undefined).length === 2
  for (let look = 0; look < 200 && !both(); look++) await new Promise(r => setTimeout(r, 20))
  assert.deepEqual(treatments(), ['pass-through', 'observe'])
})
