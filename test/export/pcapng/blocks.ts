/** A block of a little-endian pcapng file. */
export interface Block {
  readonly type: number
  readonly body: Buffer
}

export const blockType = { section: 0x0a0d0d0a, interface: 1, names: 4, packet: 6, secrets: 10 } as const

/** Throws where a block does not end as it begins. */
export function blocksOf(file: Buffer): readonly Block[] {
  const blocks: Block[] = []
  for (let at = 0; at < file.length; ) {
    const [type, length] = [file.readUInt32LE(at), file.readUInt32LE(at + 4)]
    if (file.readUInt32LE(at + length - 4) !== length) throw new Error(`the block at ${at} does not end as it begins`)
    blocks.push({ type, body: file.subarray(at + 8, at + length - 4) })
    at += length
  }
  return blocks
}

/** The IP packet of a packet block. */
export const packetOf = ({ body }: Block): Buffer => body.subarray(20, 20 + body.readUInt32LE(12))
