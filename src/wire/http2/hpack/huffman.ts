import { latin1 } from '../../latin1.ts'
import { MalformedError } from '../../reader.ts'

/** RFC 7541 Appendix B: bits of each octet's code, the last of EOS. The codes follow: shorter first, then by octet. */
export const codeLengths: readonly number[] = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
  13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6, 5, 6,
  5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23,
  22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, 22, 21, 20, 22, 22,
  23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, 26, 26,
  20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27,
  27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27,
  27, 27, 27, 26, 30,
]

const eos = 256
const failed = 0xffff

/** The code of every symbol, as a number of `codeLengths` bits. */
export function codes(): number[] {
  const order = codeLengths.map((_, symbol) => symbol).sort((a, b) => codeLengths[a]! - codeLengths[b]! || a - b)
  const result = new Array<number>(codeLengths.length)
  let code = 0
  let length = codeLengths[order[0]!]!
  for (const symbol of order) {
    code *= 2 ** (codeLengths[symbol]! - length)
    length = codeLengths[symbol]!
    result[symbol] = code++
  }
  return result
}

/** A node of the code tree: where bits 0 and 1 lead, a node's number or ~symbol. */
type Node = [zero: number, one: number]

function tree(): Node[] {
  const nodes: Node[] = [[0, 0]]
  codes().forEach((code, symbol) => {
    let node = 0
    for (let bit = codeLengths[symbol]! - 1; bit > 0; bit--) {
      const branch = Math.floor(code / 2 ** bit) & 1
      if (nodes[node]![branch] === 0) nodes[node]![branch] = nodes.push([0, 0]) - 1
      node = nodes[node]![branch]!
    }
    nodes[node]![code & 1] = ~symbol
  })
  return nodes
}

/**
 * One step takes four bits: `next[node * 16 + bits]` is the node after them and `emits` the octet they complete,
 * -1 for none. No code is shorter than five bits, so a step completes one octet at most.
 */
const next = new Uint16Array(256 * 16)
const emits = new Int16Array(256 * 16)
/** Nodes where a string may end: at most seven bits in, all of them 1. */
const mayEnd = new Uint8Array(256)

{
  const nodes = tree()
  for (let node = 0, depth = 0; depth < 8; depth++, node = nodes[node]![1]) mayEnd[node] = 1
  nodes.forEach((_, start) => {
    for (let bits = 0; bits < 16; bits++) {
      let node = start
      let emitted = -1
      for (let bit = 3; bit >= 0 && node !== failed; bit--) {
        node = nodes[node]![(bits >> bit) & 1]!
        if (node < 0) {
          emitted = ~node
          node = emitted === eos ? failed : 0
        }
      }
      next[start * 16 + bits] = node
      emits[start * 16 + bits] = node === failed ? -1 : emitted
    }
  })
}

let scratch = new Uint8Array(4096)

/** The latin1 string that the Huffman code of `bytes[start..end)` stands for (RFC 7541 5.2); throws MalformedError. */
export function readHuffman(bytes: Uint8Array, start: number, end: number): string {
  // The shortest code has five bits.
  const longest = Math.ceil(((end - start) * 8) / 5)
  const out = longest > scratch.length ? new Uint8Array(longest) : scratch
  let length = 0
  let node = 0
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!
    let step = node * 16 + (byte >> 4)
    let emitted = emits[step]!
    if (emitted >= 0) out[length++] = emitted
    node = next[step]!
    if (node === failed) throw new MalformedError(i, 'Huffman code: EOS inside a string')
    step = node * 16 + (byte & 15)
    emitted = emits[step]!
    if (emitted >= 0) out[length++] = emitted
    node = next[step]!
    if (node === failed) throw new MalformedError(i, 'Huffman code: EOS inside a string')
  }
  if (mayEnd[node] !== 1) throw new MalformedError(end, 'Huffman code: padding that is not the start of EOS')
  if (out !== scratch && out.length <= 65_536) scratch = out
  return latin1(out, 0, length)
}
