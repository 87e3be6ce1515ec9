import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import type { Part } from './transcript.ts'

/** What a real client and a real server say to each other over 127.0.0.1, as a relay between them sees it. */
export async function recordConversation(server: Server, drive: (port: number) => Promise<void>): Promise<Part[]> {
  const parts: Part[] = []
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const relay = createServer(client => {
    const upstream = connect((server.address() as AddressInfo).port, '127.0.0.1')
    client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy())
    upstream.on('error', () => client.destroy()).on('close', () => client.destroy())
    client.on('data', bytes => {
      parts.push(['to-server', bytes])
      upstream.write(bytes)
    })
    upstream.on('data', bytes => {
      parts.push(['to-client', bytes])
      client.write(bytes)
    })
  })
  relay.listen(0, '127.0.0.1')
  await once(relay, 'listening')
  try {
    await drive((relay.address() as AddressInfo).port)
  } finally {
    relay.close()
    server.close()
  }
  return parts
}
