/** HandshakeType: RFC 8446 B.3, RFC 5246 7.4. */
export const handshakeType = {
  helloRequest: 0,
  serverHello: 2,
  newSessionTicket: 4,
  endOfEarlyData: 5,
  encryptedExtensions: 8,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
  certificateVerify: 15,
  clientKeyExchange: 16,
  finished: 20,
  certificateStatus: 22,
  keyUpdate: 24,
  compressedCertificate: 25,
  nextProtocol: 67,
  /** No handshake message, but a step of the handshake up to TLS 1.2. */
  changeCipherSpec: -1,
  /** Nothing that the server sends: the verdict on its chain is there. */
  verdict: -2,
} as const

/** ContentType: RFC 8446 B.1. */
export const contentType = { changeCipherSpec: 20, alert: 21, handshake: 22, data: 23 } as const

/** ExtensionType: IANA's registry. */
export const extension = {
  serverName: 0,
  maxFragmentLength: 1,
  statusRequest: 5,
  ecPointFormats: 11,
  signatureAlgorithms: 13,
  alpn: 16,
  statusRequestV2: 17,
  signedCertificateTimestamp: 18,
  clientCertificateType: 19,
  serverCertificateType: 20,
  padding: 21,
  encryptThenMac: 22,
  extendedMasterSecret: 23,
  compressCertificate: 27,
  recordSizeLimit: 28,
  delegatedCredential: 34,
  sessionTicket: 35,
  preSharedKey: 41,
  earlyData: 42,
  supportedVersions: 43,
  cookie: 44,
  pskModes: 45,
  certificateAuthorities: 47,
  postHandshakeAuth: 49,
  signatureAlgorithmsCert: 50,
  keyShare: 51,
  nextProtocolNegotiation: 0x3374,
  applicationSettingsOld: 17513,
  applicationSettings: 17613,
  channelId: 0x7550,
  encryptedClientHello: 0xfe0d,
  renegotiationInfo: 0xff01,
} as const

/** A whole handshake message with its header of four bytes, or a step that has no bytes. */
export interface Message {
  readonly type: number
  readonly bytes: Uint8Array
}

/** A part of the handshake, told downward: each `yield` waits for the server's next message. */
export type Steps<T = void> = Generator<undefined, T, Message>

export const nothing = Buffer.alloc(0)
