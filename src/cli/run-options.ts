import type { ProxyOptions } from '../proxy/services.ts'
import { newCapturePath, pruneCaptures } from '../store/capture-files.ts'
import type { ProxyFlags } from './options.ts'
import type { RunOptions } from './run.ts'

/** Turns the flags of a command into what a run takes. */
export function runOptions(flags: ProxyFlags, more: Partial<ProxyOptions> = {}): RunOptions {
  return {
    proxy: {
      listen: flags.listen,
      authorityFolder: flags.caDir,
      verifyUpstream: !flags.insecure,
      insecureHosts: flags.insecureHost,
      minTls: flags.minTls,
      clientCertificates: flags.clientCert,
      mirror: flags.mirror,
      failAsServer: flags.failAsServer ?? false,
      passThrough: flags.passThrough,
      hosts: flags.resolve,
      timeouts: { dial: flags.timeout, handshake: flags.timeout, hello: 2 * flags.timeout }, // a person may type the hello
      ...more,
    },
    capturePath: flags.capture ?? ownCapture(),
    upstreamRoots: flags.upstreamCa,
    bodyLimit: flags.bodyLimit,
    ...(flags.keylog === undefined ? {} : { keyLogPath: flags.keylog }),
    ...(flags.diskLimit === undefined ? {} : { diskLimit: flags.diskLimit }),
  }
}

/** A new capture among the newest 20 of the data folder; the process number tells those of one second apart. */
function ownCapture(): string {
  const path = newCapturePath().replace(/\.parley$/, `-${process.pid}.parley`)
  pruneCaptures()
  return path
}
