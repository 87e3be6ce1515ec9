// parley --mitm-script examples/mitm-script.mjs
//
// Unpacks what servers send, puts a field into requests and responses, and answers /blocked without asking the server.

export const hosts = ['*.example.com', 'localhost', '*.localhost'] // without it: all hosts

export default proxy => {
  proxy.use(proxy.constructor.gunzip) // one of http-mitm-proxy's own modules

  proxy.onRequest((ctx, next) => {
    if (ctx.clientToProxyRequest.url === '/blocked') {
      ctx.proxyToClientResponse.writeHead(403, { 'content-type': 'text/plain' })
      return ctx.proxyToClientResponse.end('not today\n') // and no next(): nobody else is asked
    }
    ctx.proxyToServerRequestOptions.headers['x-script'] = 'mitm-script.mjs'
    next()
  })

  proxy.onResponse((ctx, next) => {
    ctx.serverToProxyResponse.headers['x-script'] = `${ctx.isSSL ? 'inside TLS' : 'in clear'}`
    next()
  })

  proxy.onResponseData((_ctx, chunk, next) => next(null, Buffer.from(chunk.toString().replaceAll('teh', 'the'))))
}
