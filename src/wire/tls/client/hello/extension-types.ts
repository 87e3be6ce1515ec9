/** Extensions that are written anew, by IANA's numbers. */
export const types = {
  serverName: 0,
  alpn: 16,
  padding: 21,
  extendedMasterSecret: 23,
  sessionTicket: 35,
  preSharedKey: 41,
  earlyData: 42,
  cookie: 44,
  keyShare: 51,
  encryptedClientHello: 0xfe0d,
} as const
