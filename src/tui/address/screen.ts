import { qrCode } from '../../view/qr-code.ts'
import { blank, type Line, line, span } from '../line.ts'
import { titleBar } from '../shell/title.ts'
import { type Scrolled, textScreen } from '../state/scrolled.ts'
import { push, type Step, say, type World } from '../state/state.ts'

export interface AddressScreen extends Scrolled {
  readonly kind: 'address'
}

/** Where to find Parley's own site: for a telephone, and for whoever comes through the proxy. */
export const addressScreen = textScreen<AddressScreen>(
  'the address of Parley’s site',
  (_screen, world) => [
    titleBar(line(span(' Parley’s site', 'bold')), world),
    line(span('   its root for every device, how to trust it, and whether a browser does', 'dim')),
  ],
  (_screen, world) => addressLines(world),
)

export const enterAddress: Step = (state, world) =>
  world.status.site
    ? push<AddressScreen>(state, { kind: 'address', top: 0 })
    : say(state, 'Nothing is being proxied: this is a capture.', 'bad')

function addressLines({ status: { site } }: World): readonly Line[] {
  if (!site) return []
  const [first = '', ...others] = site.urls
  return [
    line('   ', span(first, 'accent'), span(site.isLocal ? '  on this machine alone' : '  to open directly', 'dim')),
    ...others.map(url => line('   ', span(url, 'accent'))),
    line('   ', span('http://parley.proxy/', 'accent'), span('  through the proxy', 'dim')),
    site.isLocal ? line(span('   A telephone needs --listen 0.0.0.0:PORT, with --allow or --auth.', 'dim')) : blank,
    ...qrCode(first).map(row => line('   ', { text: row, fg: '#ffffff', bg: '#000000' })),
  ]
}
