type Mount = typeof import('./mount.tsx').mount

/**
 * Loads Ink and React. React picks its build by NODE_ENV as it is loaded, and the development build measures every
 * component, which costs time and memory with every frame. The variable is then what it was: the programs that we start
 * shall not inherit it.
 */
export async function loadMount(environment: NodeJS.ProcessEnv = process.env): Promise<Mount> {
  const before = environment.NODE_ENV
  environment.NODE_ENV ??= 'production'
  try {
    return (await import('./mount.tsx')).mount
  } finally {
    if (before === undefined) delete environment.NODE_ENV
  }
}
