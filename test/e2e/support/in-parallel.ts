/** Runs the tasks, at most `width` at once. */
export async function inParallel(tasks: readonly (() => Promise<unknown>)[], width = 4): Promise<void> {
  const waiting = [...tasks]
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let task = waiting.shift(); task; task = waiting.shift()) await task()
    }),
  )
}
