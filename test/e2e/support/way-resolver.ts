/**
 * A resolver as a program: `node way-resolver.ts PORT RECORD` says on 127.0.0.1 that every name is at 127.0.0.1, and answers
 * questions for HTTPS records with RECORD, the data of one in hex (RFC 9460 2.2), until it is killed.
 */
import { createSocket } from 'node:dgram'

const [port, record = ''] = process.argv.slice(2)
const data: Readonly<Record<number, Buffer>> = { 1: Buffer.of(127, 0, 0, 1), 65: Buffer.from(record, 'hex') }
const socket = createSocket('udp4')
socket.on('message', (question, from) => {
  const end = question.indexOf(0, 12) + 5 // name, type, class
  const type = question.readUInt16BE(end - 4)
  const found = data[type]
  const head = Buffer.from(question.subarray(0, 12))
  head.writeUInt16BE(0x8180, 2)
  head.writeUInt16BE(found ? 1 : 0, 6)
  head.writeUInt16BE(0, 10)
  const answer = Buffer.concat(
    [Buffer.of(0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, found?.length ?? 0), found ?? ''].map(part =>
      Buffer.from(part),
    ),
  )
  socket.send(Buffer.concat([head, question.subarray(12, end), ...(found ? [answer] : [])]), from.port, from.address)
})
socket.bind(Number(port), '127.0.0.1')
