/** Entries as browsers write them. */
export const post = {
  startedDateTime: '2026-01-02T03:04:05.678Z',
  request: {
    ...{ method: 'POST', url: 'https://a.example/x?q=1', httpVersion: 'h2' },
    headers: [{ name: 'content-type', value: 'text/plain' }],
    postData: { mimeType: 'text/plain', text: 'hello' },
  },
  response: {
    ...{ status: 200, statusText: '', httpVersion: 'h2', headers: [{ name: 'Content-Encoding', value: 'gzip' }] },
    content: { size: 5, mimeType: 'text/html', text: 'héllo' },
  },
  timings: { blocked: 1, dns: 2, connect: 10, ssl: 5, send: 1, wait: 20, receive: 16 },
  serverIPAddress: '[2001:db8::1]',
  connection: '77',
  _securityDetails: { protocol: 'TLS 1.3', cipher: 'AES_128_GCM' },
}

export const socket = {
  startedDateTime: '2026-01-02T03:04:06.000Z',
  request: {
    method: 'GET',
    url: 'wss://a.example/ws',
    httpVersion: 'HTTP/1.1',
    headers: [{ name: 'Host', value: 'A.example' }],
  },
  response: { status: 101, statusText: 'Switching Protocols', httpVersion: 'HTTP/1.1', headers: [] },
  _webSocketMessages: [
    { type: 'send', time: 1767323047, opcode: 1, data: 'hi' },
    { type: 'receive', time: 1767323048, opcode: 2, data: 'AAEC' },
    { type: 'other' },
  ],
}

export const refused = {
  request: { method: 'GET', url: 'http://b.example:8080/gone' },
  response: { status: 0, _error: 'net::ERR_CONNECTION_REFUSED' },
}

export const archive = (...entries: readonly unknown[]): string => JSON.stringify({ log: { version: '1.2', entries } })
