'use strict'
/**
 * NODE_OPTIONS has every Node of a child load this first. A Node that heeds NODE_USE_ENV_PROXY needs nothing of it; an older
 * one gets the same here: the agents that http, https and fetch use by default go through the proxy. Written for Node 14.
 */
const [major, minor] = process.versions.node.split('.').map(Number)
const isNewEnough = major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21)
const proxy = process.env.HTTPS_PROXY || process.env.https_proxy
if (!isNewEnough && proxy) goThrough(new URL(proxy))

function goThrough({ hostname, port, username, password }) {
  const http = require('node:http')
  const https = require('node:https')
  const net = require('node:net')
  const tls = require('node:tls')
  const plain = new http.Agent()
  const pair = [username, password].map(decodeURIComponent).join(':')
  const credentials = username && { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` }

  const isExcepted = host =>
    (process.env.NO_PROXY || process.env.no_proxy || '')
      .split(',')
      .some(each => each !== '' && (host === each || host.endsWith(each.startsWith('.') ? each : `.${each}`)))

  /** A socket through the proxy, or straight to a host that --except names. */
  function dial(host, toPort, done) {
    if (isExcepted(host)) return done(null, net.connect(toPort, host))
    const path = `${host.includes(':') ? `[${host}]` : host}:${toPort}`
    const headers = { host: path, ...credentials }
    http
      .request({ host: hostname.replace(/^\[|\]$/g, ''), port, method: 'CONNECT', path, headers, agent: plain })
      .once('error', done)
      .once('connect', ({ statusCode }, socket, head) => {
        if (statusCode !== 200) return done(new Error(`the proxy answered ${statusCode} to CONNECT ${path}`))
        if (head.length > 0) socket.unshift(head)
        done(null, socket)
      })
      .end()
  }

  const secured = (options, done) => (error, socket) =>
    error ? done(error) : done(null, tls.connect({ ...options, socket }))

  for (const [module, secure] of [
    [http, (_, done) => done],
    [https, secured],
  ]) {
    class ThroughProxy extends module.Agent {
      createConnection(options, done) {
        if (options.socketPath) return super.createConnection(options, done)
        dial(options.host, options.port, secure(options, done))
      }
    }
    module.globalAgent = new ThroughProxy(module.globalAgent.options)
  }
  require('node:module').syncBuiltinESMExports()

  /** What fetch dials with. Its parts are loaded at the first call: that takes longer than the rest of a start. */
  function setDispatcher() {
    const key = Symbol.for('undici.globalDispatcher.1')
    void globalThis.Headers // has it made
    const { constructor: Agent } = globalThis[key]
    if (Agent.name === 'Agent') globalThis[key] = new Agent({ connect: connectForFetch })
  }

  function connectForFetch({ hostname: named, port: toPort, protocol, servername }, done) {
    const host = named.replace(/^\[|\]$/g, '')
    const isSecure = protocol === 'https:'
    dial(host, toPort || (isSecure ? 443 : 80), (error, socket) => {
      if (error || !isSecure) return done(error, socket)
      const name = servername || (net.isIP(host) === 0 ? host : '')
      const secure = tls.connect({ socket, servername: name, ALPNProtocols: ['http/1.1'] })
      secure.once('error', done).once('secureConnect', () => {
        secure.off('error', done)
        done(null, secure)
      })
    })
  }

  const { fetch: own } = globalThis
  if (own)
    globalThis.fetch = function fetch(...args) {
      if (globalThis.fetch === fetch) globalThis.fetch = own
      setDispatcher()
      return own(...args)
    }
}
