import { type Finding, ok, trouble } from '../finding.ts'
import type { Surroundings } from '../surroundings.ts'

const what = 'left behind'

/** As the journal has them. */
const named: Readonly<Record<string, string>> = {
  'system-proxy': 'the system proxy',
  browser: 'a browser’s profile',
  redirect: 'rules that lead connections to it',
  folder: 'a folder of a command',
}

/** Whether a Parley that was killed has left something on this machine. The doctor has undone by now what can be. */
export function checkLeftBehind({ leftBehind: { undone, hindered } }: Surroundings): readonly Finding[] {
  if (hindered.length > 0) return hindered.map(why => trouble(what, why, 'parley doctor --quick, once that is mended'))
  if (undone.length === 0) return [ok(what, 'no Parley that was killed has left anything here')]
  const things = undone.map(kind => named[kind] ?? kind).join(', ')
  return [ok(what, `a Parley that was killed had left ${things}: undone just now`)]
}
