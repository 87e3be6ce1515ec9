// From a key to the frame that answers it, over a large capture, by the screens' own path, and the memory that it takes.
// Run: node --import tsx test/bench/store.ts 1000000 FOLDER, then node --import tsx test/bench/list.ts FOLDER
import { join } from 'node:path'
import { openCapture } from '../../src/store/capture.ts'
import { captureSource } from '../../src/tui/capture-source.ts'
import { Session } from '../../src/tui/session.ts'
import { pageOf } from '../../src/tui/shell/page.ts'

const goalMs = 200
const goalMb = 300
const path = join(process.argv[2] ?? '.', 'bench.parley')
const typed = (text: string): string[] => [...text].map(each => (each === ' ' ? 'space' : each))
const filter = (text: string): string[] => ['f', ...typed(text), 'enter']
const asked: readonly (readonly [what: string, keys: readonly string[]])[] = [
  ['jump to the end', ['G']],
  ['a page up', ['pageup']],
  ['one row down', ['down']],
  ['jump to the start', ['g']],
  ['by host', filter('~d host7.example')],
  ['by status', filter('~c 404')],
  ['by a status that no flow has', filter('~c 599')],
  ['by status class and host', filter('~c 4xx & ~d host7')],
  ['by duration', filter('~dur >5s')],
  ['by size', filter('~size >10k')],
  ['every flow again', ['u']],
  ['by size, largest first', ['o', 'o']],
  ['in that order, a page down', ['pagedown']],
  ['in order of time', ['v', ':', ...typed('order time'), 'enter']],
]

let over = 0
const told = (what: string, ms: number): void => {
  if (ms > goalMs) over++
  console.log(`${what.padEnd(32)} ${ms.toFixed(1).padStart(7)} ms${ms > goalMs ? '  OVER' : ''}`)
}
const start = performance.now()
const capture = openCapture(path)
const status = { recording: false, capturePath: path, command: 'parley' }
const world = { source: captureSource(capture), columns: 160, rows: 48, status, hints: [] }
const session = new Session({ world, actions: {}, write: () => {} })
pageOf(session.state, session.world)
told('opening, first screen', performance.now() - start)
/** A filter is applied as it is typed: what counts is the longest wait for one key. */
function longestWait(keys: readonly string[]): number {
  let longest = 0
  for (const key of keys) {
    const pressed = performance.now()
    session.press(key)
    pageOf(session.state, session.world)
    longest = Math.max(longest, performance.now() - pressed)
  }
  return longest
}

for (const [what, keys] of asked) told(what, longestWait(keys))
console.log(`the tree of hosts, which counts every flow: ${longestWait(['t']).toFixed(0)} ms`)
const mb = process.memoryUsage.rss() / 2 ** 20
console.log(`${capture.info().flows} flows; resident ${mb.toFixed(0)} MB${mb > goalMb ? '  OVER' : ''}`)
capture.close()
process.exitCode = over > 0 || mb > goalMb ? 1 : 0
