import pLimit from 'p-limit';

/**
 * Works on each item, at most `width` at a time. Items are taken as places come free, so that a large run holds no
 * promise for each. Rejects with the first failure, once what is under way has ended; nothing is begun after it.
 */
export async function atMost<T>(width: number, items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const limit = pLimit(width);
  let running = 0;
  let failure: { readonly error: unknown } | undefined;
  let wake = (): void => undefined;
  const anEnd = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  for (const item of items) {
    if (failure !== undefined) break;
    running += 1;
    void limit(() => work(item))
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .then(() => {
        running -= 1;
        wake();
      });
    if (running >= width) await anEnd();
  }
  while (running > 0) await anEnd();
  if (failure !== undefined) throw failure.error;
}
