/** How long one connection takes to dissect, warm: two legs of TLS 1.3 with a chain of four. Budget: 5 ms. */
import { dissect } from '../../src/wire/tls/dissect.ts'
import { tlsPair } from '../wire/tls/record-pair.ts'
import { identity } from '../wire/tls/test-certificates.ts'

const runs = 200
const legs = await Promise.all(
  [1, 2].map(() => tlsPair({ server: identity('chain') }).connect({ ALPNProtocols: ['h2', 'http/1.1'] })),
)
const twoLegs = (): number => {
  const start = performance.now()
  for (const { capture } of legs) dissect(capture)
  return performance.now() - start
}
const cold = twoLegs()
for (let i = 0; i < runs; i++) twoLegs()
const times = Array.from({ length: runs }, twoLegs).sort((a, b) => a - b)
const at = (share: number): string => times[Math.floor(share * (runs - 1))]!.toFixed(2)
console.log(
  `dissect, two legs of TLS 1.3, four certificates: median ${at(0.5)} ms, p99 ${at(0.99)} ms, cold ${cold.toFixed(1)} ms`,
)
