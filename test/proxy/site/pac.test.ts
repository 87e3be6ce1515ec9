import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { pacFile } from '../../../src/proxy/site/pac.ts'

const proxyFor = (host: string, port: number): unknown =>
  runInNewContext(`${pacFile({ host, port })}FindProxyForURL('http://a.example/', 'a.example')`)

test('the file is a script that sends everything to where Parley listens, and nowhere else', () => {
  assert.equal(proxyFor('127.0.0.1', 8080), 'PROXY 127.0.0.1:8080')
  assert.equal(proxyFor('::1', 9), 'PROXY [::1]:9')
  assert.match(String(proxyFor('0.0.0.0', 80)), /^PROXY (?!0\.0\.0\.0)\d+(?:\.\d+){3}:80$/)
})
