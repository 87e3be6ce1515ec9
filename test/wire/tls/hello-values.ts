/** Hellos as values, for tests that need no bytes. */
import type { ClientHello, ServerHello } from '../../../src/wire/tls/values.ts'

export const clientHello = (more: Partial<ClientHello> = {}): ClientHello => ({
  legacyVersion: 0x0303,
  random: Buffer.alloc(32, 1),
  sessionId: new Uint8Array(0),
  cipherSuites: [0x1301],
  compressionMethods: [0],
  extensions: [],
  earlyData: false,
  statusRequest: false,
  ...more,
})

export const serverHello = (more: Partial<ServerHello> = {}): ServerHello => ({
  legacyVersion: 0x0303,
  random: Buffer.alloc(32, 2),
  sessionId: new Uint8Array(0),
  cipherSuite: 0x1301,
  compressionMethod: 0,
  extensions: [],
  retry: false,
  ...more,
})
