const be = (length: number, value: number): Buffer => {
  const bytes = Buffer.alloc(length)
  bytes.writeUIntBE(value, 0, length)
  return bytes
}
const le = (length: number, value: number): Buffer => be(length, value).reverse()
const ascii = (text: string): Buffer => Buffer.from(text, 'latin1')

/** Two seconds of PCM, whose bytes are not there. */
export const wav = Buffer.concat([
  ascii('RIFF\0\0\0\0WAVEfmt '),
  le(4, 16),
  le(2, 1),
  le(2, 2),
  le(4, 44_100),
  le(4, 176_400),
  le(2, 4),
  le(2, 16),
  ascii('data'),
  le(4, 352_800),
])

/** Three seconds at 48 kHz, two channels of 24 bits. */
export const flac = Buffer.concat([
  ascii('fLaC\0\0\0\x22'),
  Buffer.alloc(10),
  Buffer.from([48_000 >> 12, (48_000 >> 4) & 0xff, ((48_000 & 0xf) << 4) | (1 << 1) | 1, (23 & 0xf) << 4]),
  be(4, 144_000),
  Buffer.alloc(16),
])

const page = (flags: number, granule: number, content: Buffer): Buffer =>
  Buffer.concat([
    ascii('OggS\0'),
    be(1, flags),
    le(6, granule),
    Buffer.alloc(14),
    be(1, 1),
    be(1, content.length),
    content,
  ])

/** Opus: the first page, and a last one that ends after 2.5 seconds. */
export const ogg = Buffer.concat([
  page(2, 0, Buffer.concat([ascii('OpusHead\x01\x02'), Buffer.alloc(9)])),
  page(4, 120_000, Buffer.alloc(3)),
])

/** A tag, a frame header of 128 kbit/s at 44.1 kHz, and silence. */
export const mp3 = Buffer.concat([
  ascii('ID3\x04\0\0\0\0\0\x04tags'),
  Buffer.from('fffb9000', 'hex'),
  Buffer.alloc(15_996),
])

/** The same with a Xing header: 100 frames. */
export const xing = Buffer.concat([
  Buffer.from('fffb9000', 'hex'),
  Buffer.alloc(32),
  ascii('Xing'),
  be(4, 1),
  be(4, 100),
  Buffer.alloc(9),
])

const box = (name: string, ...contents: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(contents)
  return Buffer.concat([be(4, content.length + 8), ascii(name), content])
}
const track = (handler: string, entry: Buffer): Buffer =>
  box(
    'trak',
    box(
      'mdia',
      box('hdlr', Buffer.alloc(8), ascii(handler)),
      box('minf', box('stbl', box('stsd', Buffer.alloc(8), entry))),
    ),
  )

/** Four seconds: H.264 and AAC. */
export const mp4 = Buffer.concat([
  box('ftyp', ascii('isom\0\0\0\0')),
  box(
    'moov',
    box('mvhd', Buffer.alloc(12), be(4, 1000), be(4, 4000), Buffer.alloc(80)),
    track('vide', box('avc1', Buffer.alloc(24), be(2, 640), be(2, 360), Buffer.alloc(50))),
    track('soun', box('mp4a', Buffer.alloc(16), be(2, 2), Buffer.alloc(6), be(2, 48_000), be(2, 0))),
  ),
])

const element = (id: string, ...contents: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(contents)
  return Buffer.concat([Buffer.from(id, 'hex'), be(2, 0x4000 | content.length), content])
}
const float = (value: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return bytes
}

/** Five seconds: VP9 and Opus, in a segment of unknown length. */
export const webm = Buffer.concat([
  element('1a45dfa3', element('4282', ascii('webm'))),
  Buffer.from('18538067ff', 'hex'),
  element('1549a966', element('2ad7b1', be(3, 1_000_000)), element('4489', float(5000))),
  element(
    '1654ae6b',
    element(
      'ae',
      element('83', be(1, 1)),
      element('86', ascii('V_VP9')),
      element('e0', element('b0', be(2, 640)), element('ba', be(2, 360))),
    ),
    element(
      'ae',
      element('83', be(1, 2)),
      element('86', ascii('A_OPUS')),
      element('e1', element('b5', float(48_000)), element('9f', be(1, 2))),
    ),
  ),
])
