import type { ExchangeId } from '../../model/exchange.ts'
import type { OwnRequests } from '../actions.ts'
import type { Deed, Effect, Outcome, Outlets } from '../command.ts'
import { errorText } from '../effects.ts'
import type { FlowRow } from '../ports.ts'
import type { State, World } from '../state/state.ts'

type RowOf = (state: State, world: World) => FlowRow | undefined

const mostTimes = 100_000
const usual = 10 // at a time, where only how often is said

/** Sends the flow's request again: once, or `repeat 100 10` times and so many of them at a time. */
export const repeating =
  (rowOf: RowOf): Effect =>
  (state, world, { actions: { requests } }, argument) => {
    const row = rowOf(state, world)
    const numbers = argument === '' ? [1, 1] : argument.split(/\s+/).map(Number)
    const [times = 1, atOnce = Math.min(times, usual)] = numbers
    if (!requests) return nothingRuns
    if (row?.kind !== 'exchange') return noRequest
    if (numbers.length > 2 || !isCount(times) || !isCount(atOnce))
      return { text: 'repeat needs how often, and how many at a time: repeat 100 10', tone: 'bad' }
    return sent(requests.repeat(row.id, times, atOnce))
  }

const isCount = (number: number): boolean => Number.isInteger(number) && number >= 1 && number <= mostTimes

/** Sends the flow's request as the person leaves it in the editor. */
export const editing =
  (rowOf: RowOf): Effect =>
  (state, world, outlets) => {
    const row = rowOf(state, world)
    return row?.kind === 'exchange' ? editThenSend(outlets, row.id) : noRequest
  }

/** A new request, written in the editor; or a curl command, pasted there or given at once. */
export const compose: NonNullable<Deed['effect']> = (_state, _world, outlets, argument) => {
  const { requests } = outlets.actions
  if (argument === '') return editThenSend(outlets, undefined)
  return requests ? sent(requests.send(Buffer.from(argument), undefined)) : nothingRuns
}

async function editThenSend({ actions, suspend }: Outlets, flow: ExchangeId | undefined): Promise<Outcome> {
  const { requests, rewrite } = actions
  if (!requests || !rewrite || !suspend) return nothingRuns
  try {
    const file = requests.text(flow)
    let text: Uint8Array | undefined
    await suspend(async () => {
      text = await rewrite(file)
    })
    if (text === undefined || Buffer.compare(text, file.bytes) === 0)
      return { text: flow === undefined ? 'Nothing was written, and nothing sent.' : unchanged }
    return await sent(requests.send(text, flow))
  } catch (error) {
    return { text: errorText(error), tone: 'bad' }
  }
}

const unchanged = 'Nothing was changed, and nothing sent; r sends it as it was.'

const sent = (came: ReturnType<OwnRequests['send']>): Promise<Outcome> =>
  came.then(
    ({ text, good }) => ({ text, tone: good ? 'good' : 'bad' }),
    error => ({ text: errorText(error), tone: 'bad' }),
  )

const nothingRuns: Outcome = {
  text: 'Nothing runs that could send it: this is a capture. parley replay can.',
  tone: 'bad',
}
const noRequest: Outcome = { text: 'There is no request here.', tone: 'bad' }
