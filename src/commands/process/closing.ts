/** What a piece of work came to. What it used may not have closed, such as a journal on a full disk: nothing is lost by it. */
export interface Closed<R> {
  readonly result: R;
  /** Why not all of what was used could be closed. */
  readonly problem?: Error | undefined;
}

/** Does a piece of work, and closes what it used however it ends. The error that ended the work is never hidden. */
export async function closing<R>(work: () => Promise<Closed<R>>, close: () => Promise<void>): Promise<Closed<R>> {
  let ended: Closed<R>;
  try {
    ended = await work();
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
  try {
    await close();
    return ended;
  } catch (error) {
    const problem = error instanceof Error ? error : new Error(String(error));
    return { ...ended, problem: ended.problem ?? problem };
  }
}

/** The result of work that is worth nothing unless all has closed. @throws the problem */
export function whole<R>({ result, problem }: Closed<R>): R {
  if (problem !== undefined) throw problem;
  return result;
}
