/**
 * An origin as a program: `node way-origin.ts ADDRESS PORT CERT KEY` answers over HTTP/1.1 and HTTP/2 with method, path and
 * version, until it is killed.
 */
import { readFileSync } from 'node:fs'
import { createSecureServer } from 'node:http2'

const [address, port, cert, key] = process.argv.slice(2)
createSecureServer({ cert: readFileSync(cert!), key: readFileSync(key!), allowHTTP1: true }, (request, response) => {
  response.end(`${request.method} ${request.url} ${request.httpVersion} \n`)
}).listen(Number(port), address, () => console.log('listening'))
