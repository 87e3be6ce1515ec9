/** A packet of a capture file. */
export interface Packet {
  /** ms since the epoch, fractional */
  readonly at: number
  /** By the numbers of tcpdump.org/linktypes.html. */
  readonly linkType: number
  /** What was captured of it: a view, good until the call that hands it over returns. */
  readonly bytes: Uint8Array
  /** Its length on the wire, which may be more. */
  readonly length: number
}

/** Whom a reader of capture files tells what it finds, in the file's order. */
export interface PacketSink {
  packet(packet: Packet): void
  /** Lines of an NSS key log, as a Decryption Secrets Block has them. */
  keyLog?(text: string): void
  /** A Name Resolution Block calls an address so. */
  name?(address: string, name: string): void
}

/** Where a file cannot be read any further, and why. */
export interface Damage {
  /** Bytes before it in the file. */
  readonly offset: number
  readonly what: string
}

/** Takes the bytes of a capture file as they come and tells a sink of its packets. Never throws on what they are. */
export interface PacketFileReader {
  push(bytes: Uint8Array): void
  /** The file ends here. */
  end(): void
  readonly damage: Damage | undefined
}

/** More than any link carries in one piece, segments that a card joined included. */
export const mostPacketBytes = 4 * 1024 * 1024
