// parley --rule '~d example.com => script examples/add-header.ts'
//
// Puts a field into requests and responses, and shows the names of WebSocket messages in capitals.

import type { RequestChange, ScriptRequest, ScriptResponse, ScriptWebSocketMessage } from 'parley-proxy/script'

export function request({ headers }: ScriptRequest): RequestChange {
  return { headers: [...headers, ['x-script', 'add-header.ts']] }
}

export async function response({ headers, status, request }: ScriptResponse) {
  console.log(`${request.method} ${request.url}: ${status}`) // to Parley's log
  return { headers: [...headers, ['x-seen-by', 'add-header.ts']] }
}

export function webSocketMessage({ text }: ScriptWebSocketMessage) {
  return text === undefined ? undefined : { body: text.replaceAll('hello', 'HELLO') }
}
