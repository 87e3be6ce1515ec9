import { printable } from '../../view/printable.ts'
import { chop } from '../../view/width.ts'
import type { Handshake } from '../../wire/tls/handshake.ts'
import { blank, type Line, line, prose, span, spread } from '../line.ts'
import type { ConnectionView } from '../ports.ts'

const legNames = { client: 'CLIENT → PARLEY', upstream: 'PARLEY → SERVER' } as const

/** The key schedule of both legs. Values are masked until they are asked for. */
export function keysLines({ handshakes }: ConnectionView, revealed: boolean, columns: number): readonly Line[] {
  return (['client', 'upstream'] as const).flatMap((leg, index) => [
    ...(index > 0 ? [blank] : []),
    line(span(` ${legNames[leg]}`, 'bold')),
    ...legLines(handshakes[leg], revealed, columns),
  ])
}

function legLines(handshake: Handshake | undefined, revealed: boolean, columns: number): readonly Line[] {
  if (!handshake) return [line(span('   no TLS on this leg', 'dim'))]
  const randoms = [
    ['client_random', handshake.clientHello?.random],
    ['server_random', handshake.serverHello?.random],
  ] as const
  const open = randoms.flatMap(([name, value]) => (value ? randomLines(name, value, columns) : []))
  if (handshake.keys.length === 0) return [...open, line(span('   no keys were logged for this leg', 'dim'))]
  const keys = handshake.keys.flatMap(({ name, value, formula, source }) => [
    blank,
    spread(line('   ', span(printable(name), 'accent')), line(span(`${printable(source)} `, 'dim')), columns),
    ...prose(printable(formula), columns - 8).map(text => line('     ', span(text, 'dim'))),
    ...shown(value, revealed, columns - 8).map(text => line('     ', text)),
  ])
  return [...open, ...keys]
}

/** In one line where that fits; never cut, because that is what a key log is searched for. */
function randomLines(name: string, value: Uint8Array, columns: number): readonly Line[] {
  const [text, head] = [hex(value), `   ${name}  `]
  if (head.length + text.length <= columns) return [line(head, span(text, 'dim'))]
  return [line(head), ...chop(text, columns - 8).map(piece => line('     ', span(piece, 'dim')))]
}

const shown = (value: Uint8Array, revealed: boolean, columns: number): string[] =>
  revealed ? chop(hex(value), columns) : [`${'•'.repeat(16)}  ${value.length} bytes`]

const hex = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
