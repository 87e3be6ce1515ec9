import { basename } from 'node:path'
import type { ProxyOptions } from '../proxy/services.ts'
import { newCapturePath, type Purpose, pruneCaptures } from '../store/capture-files.ts'
import { captureFolder } from '../store/data-folder.ts'
import { note } from './fail.ts'
import type { ProxyFlags } from './options.ts'
import { ruleWishes } from './rule-wishes.ts'
import type { RunOptions } from './run.ts'
import { unusedProxy } from './unused-proxy.ts'
import { waysOut } from './upstream-proxy.ts'

/** Turns the flags of a command into what a run takes. */
export function runOptions(
  flags: ProxyFlags,
  more: Partial<ProxyOptions> = {},
  purpose: Purpose = 'recording',
): RunOptions {
  const rules = ruleWishes(flags)
  return {
    proxy: {
      listen: flags.listen,
      reverse: flags.reverse,
      ...(flags.transparent && { transparent: flags.transparent }),
      authorityFolder: flags.caDir,
      verifyUpstream: !flags.insecure,
      insecureHosts: flags.insecureHost,
      minTls: flags.minTls.all,
      minTlsOf: flags.minTls.of,
      clientCertificates: flags.clientCert,
      mirror: flags.mirror,
      tlsClient: flags.tlsClient,
      mirrorChoice: flags.mirrorChoice,
      failAsServer: flags.failAsServer ?? false,
      httpsRecords: flags.httpsRecords,
      starttls: flags.starttls ?? false,
      passThrough: flags.passThrough,
      hosts: flags.resolve,
      only: flags.only,
      ...(flags.appKeylog === undefined ? {} : { keepUnopened }),
      ...(flags.pcap && { keepCiphertext: true }),
      ...proxiesOf(flags),
      access: {
        allow: flags.allow,
        ...(flags.auth === undefined ? {} : { credentials: flags.auth }),
        localTargets: flags.allowLocalTargets ?? false,
      },
      timeouts: { dial: flags.timeout, handshake: flags.timeout, hello: 2 * flags.timeout }, // a person may type the hello
      ...more,
    },
    capturePath: flags.capture ?? ownCapture(purpose),
    upstreamRoots: flags.upstreamCa,
    scripts: flags.mitmScript,
    holds: { messages: flags.holdLimit, patience: flags.holdTimeout },
    ...(rules && { rules }),
    scriptPatience: flags.scriptTimeout,
    ...(flags.setup && { setup: true }),
    bodyLimit: flags.bodyLimit,
    ...(flags.keylog === undefined ? {} : { keyLogPath: flags.keylog }),
    ...(flags.otlp === undefined ? {} : { otlp: flags.otlp }),
    ...(flags.appKeylog === undefined ? {} : { appKeyLogPath: flags.appKeylog }),
    ...(flags.diskLimit === undefined ? {} : { diskLimit: flags.diskLimit }),
  }
}

const keepUnopened = 16 * 1024 * 1024 // bytes in each direction of a connection

/** The other proxies that are used, or the one that is not. */
function proxiesOf(flags: ProxyFlags): Pick<ProxyOptions, 'waysOut' | 'unusedProxy'> {
  const out = waysOut(flags, process.env)
  if (out) return { waysOut: out }
  const unused = unusedProxy(process.env, flags.listen)
  return unused === undefined ? {} : { unusedProxy: unused }
}

/** A new capture in the data folder; the process number tells those of one second apart. */
function ownCapture(purpose: Purpose): string {
  const path = newCapturePath(captureFolder(), new Date(), purpose).replace(
    /((?:\.[a-z]+)?\.parley)$/,
    `-${process.pid}$1`,
  )
  const deleted = pruneCaptures()
  if (deleted.length > 0) note(sayDeleted(deleted))
  return path
}

/** What was deleted, and how to keep the next. */
export function sayDeleted(paths: readonly string[]): string {
  const names = paths.map(path => basename(path)).join(', ')
  const one = paths.length === 1
  return `deleted ${one ? 'an old capture' : `${paths.length} old captures`} without marks or comments: ${names}; --capture FILE keeps one for good`
}
