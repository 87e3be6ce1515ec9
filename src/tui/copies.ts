import type { Deed, Hint } from './command.ts'
import { copyHost, copyingAs } from './subject.ts'

/** In the first row of the menu, or in that of whole messages. */
type MenuHints = Readonly<Partial<Record<'copy' | 'copy-whole', Hint>>>

type Where = 'copy' | 'list' | 'flow'

interface Copy extends Deed {
  readonly says: string
  readonly keys: readonly (readonly [keys: string, ...where: Where[]])[]
  readonly for: readonly Where[]
  readonly hints?: MenuHints
}

/** A command of the copy menu, which can be typed without the menu. */
const inMenu = (says: string, keys: string, hints: MenuHints, effect: Deed['effect']): Copy => ({
  ...{ says, keys: [[keys, 'copy']], for: ['copy', 'list', 'flow'], hints },
  ...(effect && { effect }),
})

const byName = (says: string, effect: NonNullable<Deed['effect']>): Copy => ({
  says,
  keys: [],
  for: ['list', 'flow'],
  effect,
})

/** What the copy menu has, and what it has no room for. */
export const copies = {
  'copy-url': inMenu('copy the URL', 'u y', { copy: [1, 'URL'] }, copyingAs('url')),
  'copy-curl': inMenu('copy a curl command', 'c', { copy: [2, 'curl'] }, copyingAs('curl')),
  'copy-fetch': inMenu('copy a fetch call', 'f', { copy: [3, 'fetch'] }, copyingAs('fetch')),
  'copy-python': inMenu('copy Python with requests', 'p', { copy: [4, 'Python'] }, copyingAs('python')),
  'copy-httpie': inMenu('copy an HTTPie command', 't', { copy: [5, 'HTTPie'] }, copyingAs('httpie')),
  'copy-request': inMenu('copy the request as sent', 'r', { 'copy-whole': [1, 'request'] }, copyingAs('raw-request')),
  'copy-response': inMenu(
    'copy the response as sent',
    's',
    { 'copy-whole': [2, 'response'] },
    copyingAs('raw-response'),
  ),
  'exact-request': byName('copy the request byte for byte', copyingAs('exact-request')),
  'exact-response': byName('copy the response byte for byte', copyingAs('exact-response')),
  'copy-body': inMenu(
    'copy the response body',
    'b',
    { 'copy-whole': [3, 'response body'] },
    copyingAs('response-body'),
  ),
  'copy-hex': inMenu(
    'copy the response as a hex dump',
    'x',
    { 'copy-whole': [4, 'hex dump'] },
    copyingAs('hex-response'),
  ),
  'copy-host': inMenu('copy the host', 'o', { copy: [6, 'host'] }, copyHost),
} as const satisfies Readonly<Record<string, Copy>>
