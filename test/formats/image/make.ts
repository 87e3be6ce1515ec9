import { deflateSync } from 'node:zlib'

/** A PNG of these rows, which are filtered already: a filter byte and the packed pixels each. */
export function png(
  width: number,
  height: number,
  depth: number,
  colour: number,
  rows: readonly (readonly number[])[],
  more: {
    readonly palette?: readonly number[]
    readonly transparent?: readonly number[]
    readonly interlaced?: boolean
  } = {},
): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([depth, colour, 0, 0, more.interlaced ? 1 : 0], 8)
  const data = deflateSync(Buffer.from(rows.flat()))
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...(more.palette ? [chunk('PLTE', Buffer.from(more.palette))] : []),
    ...(more.transparent ? [chunk('tRNS', Buffer.from(more.transparent))] : []),
    chunk('IDAT', data.subarray(0, 5)),
    chunk('IDAT', data.subarray(5)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, content: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  return Buffer.concat([length, Buffer.from(type, 'latin1'), content, Buffer.alloc(4)]) // the checksum is not read
}

/** The sample of 10 × 10 pixels that explains GIF everywhere: red, blue and white squares. */
export const gif = Buffer.from(
  '4749463839610a000a00910000ffffffff00000000ff00000021f90400000000002c000000000a000a000002168c2d99872a1cdc33a00275ec95faa8de608c04914c01003b',
  'hex',
)

/** A BMP of two by two pixels in 24 bits: blue, green over red, white. */
export const bmp = Buffer.concat([
  Buffer.from('424d460000000000000036000000', 'hex'),
  Buffer.from('28000000020000000200000001001800000000001000000000000000000000000000000000000000', 'hex'),
  Buffer.from('0000ffffffff0000ff000000ff000000', 'hex'),
])
