import type { Closed } from '../process/closing.ts';
import type { World } from '../process/watch.ts';
import { withSession, type OpenSession, type SessionRequest } from '../tenant/with-session.ts';
import { withJournal, type Journal } from './journal.ts';

/** A session, and the journal that each of its writes is noted down in before it is sent. */
export type JournaledSession<T> = OpenSession<T> & { readonly journal: Journal };

interface Request<T> extends Omit<SessionRequest<T>, 'onWrite'> {
  readonly options: SessionRequest<T>['options'] & { readonly journal?: string | undefined };
}

/** Opens the journal, then a session for a piece of work, and closes both however the work ends. */
export function withJournaledSession<T, R>(
  request: Request<T>,
  world: World,
  work: (session: JournaledSession<T>) => Promise<R>,
): Promise<Closed<R>> {
  return withJournal(request.options.journal, world, (journal) =>
    withSession({ ...request, onWrite: journal.onWrite }, world, (session) => work({ ...session, journal })),
  );
}
