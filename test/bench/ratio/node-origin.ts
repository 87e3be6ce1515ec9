/** The origin where there is no nginx. Run: node node-origin.ts PORT CERT KEY FOLDER. */
import { readFileSync } from 'node:fs'
import http2 from 'node:http2'
import { join } from 'node:path'

const [port = '', cert = '', key = '', folder = ''] = process.argv.slice(2)
const bodies = new Map(['/small', '/large'].map(path => [path, readFileSync(join(folder, path))]))

const server = http2.createSecureServer({ allowHTTP1: true, cert: readFileSync(cert), key: readFileSync(key) })
server.on('request', (request, response) => {
  const body = bodies.get(request.url ?? '')
  response.writeHead(body ? 200 : 404, { 'content-length': body?.length ?? 0 })
  response.end(body ?? '')
})
server.listen(Number(port), '127.0.0.1')
