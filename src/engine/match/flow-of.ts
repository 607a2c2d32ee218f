import type { ShownFlow } from '../../model/shown/exported.ts';
import type { Face } from '../../model/face.ts';
import type { LiveUser } from '../../model/live.ts';
import { isPending } from './health.ts';

/** As the schema of the files allows. */
const longestText = 512;

/** Whether a value can stand in the files. */
export function canBeWritten(text: string | undefined): text is string {
  return text !== undefined && text !== '' && text.length <= longestText;
}

/** Whether an entry can name a user by the login. One that looks like another kind of name would stand for that in keys. */
export function canBeLogin(login: string): boolean {
  return canBeWritten(login) && !/^(?:uuid|externalid):/i.test(login);
}

/**
 * Tells the flow of the faces of one tenant. A mobile face may say that it is not, until it is registered; but where one
 * pending face shows that it is mobile, or nothing at all, others show it too.
 */
export function flowTeller(users: readonly LiveUser[]): (face: Face) => ShownFlow {
  const faces = users.flatMap((user) => (user.presence === 'present' ? user.faces : []));
  const showsPending = faces.some(
    (face) =>
      isPending(face) && (face.mobile === true || (face.mobile === undefined && face.applicantId === undefined)),
  );
  return (face) => {
    const { mobile, applicantId } = face;
    if (mobile === true) return certain.mobile;
    if (applicantId !== undefined) {
      return canBeWritten(applicantId) ? { flow: 'web', certainty: 'certain', applicantId } : certain.token;
    }
    if (mobile === undefined) return certain.mobile;
    return isPending(face) && !showsPending ? { flow: 'mobile', certainty: 'guessed' } : certain.token;
  };
}

const certain = {
  mobile: { flow: 'mobile', certainty: 'certain' },
  token: { flow: 'token', certainty: 'certain' },
} as const;
