import { LocalError, TenantError, isFailure } from '../../model/failure.ts';

/** Lets the report of a failure in mid-change say what had been done by then. */
export async function after<T>(done: string, step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (error) {
    if (!isFailure(error)) throw error;
    const message = `${done}, but then: ${error.refusal.message}`;
    if (error.kind === 'local') throw new LocalError(message, { cause: error });
    throw new TenantError(error.kind, { ...error.refusal, message }, { cause: error });
  }
}

/** A reading before a write that fails: nothing was sent, so that even no answer leaves no doubt. */
export async function unsent<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof TenantError) || error.kind !== 'unanswered') throw error;
    throw new TenantError('refused', error.refusal, { cause: error });
  }
}
