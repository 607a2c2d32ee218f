import { errorAnswer, htmlAnswer, jsonAnswer, whole, type Answer, type Delivery } from './delivery.ts';
import type { FaultOf } from './fault.ts';
import { isRecord } from '../state/record.ts';
import { writeCursor } from '../rules/search.ts';

/** What is delivered in place of an answer. */
export const insteadAnswers: Readonly<Record<FaultOf<'instead'>, Delivery>> = {
  '401': whole(errorAnswer(401, 'access_denied', 'The token is not valid.')),
  '403': whole(errorAnswer(403, 'permission_denied', 'This is not allowed.')),
  '404': whole(errorAnswer(404, 'not_found', 'There is no such thing.')),
  '409': whole(errorAnswer(409, 'conflict', 'This conflicts with something else.')),
  '429': whole(errorAnswer(429, 'too_many_requests', 'Too many requests.')),
  '500': whole(errorAnswer(500, 'internal_error', 'Something went wrong.')),
  '502-html': whole(htmlAnswer(502, 'Bad Gateway')),
  '503': whole(errorAnswer(503, 'service_unavailable', 'The service is not available.')),
  hang: { deliver: 'hang' },
  reset: { deliver: 'reset' },
  html: whole(htmlAnswer(200, 'Welcome')),
  redirect: whole({ status: 302, headers: { location: '/login' }, body: '' }),
};

/** What becomes of the right answer to a call with this body. */
export const spoiledAnswers: Readonly<Record<FaultOf<'after'>, (answer: Answer, sent: unknown) => Delivery>> = {
  'repeated-cursor': (answer, sent) => whole(withRepeatedCursor(answer, sent)),
  'reset-after-commit': () => ({ deliver: 'reset' }),
  '500-after-commit': () => insteadAnswers['500'],
  'hang-after-commit': () => ({ deliver: 'hang' }),
  truncated: (answer) => ({ deliver: 'cut', answer }),
  'wrong-shape': (answer) => {
    const other = { unexpected: true };
    return whole(jsonAnswer(200, answer.body.startsWith('[') ? other : [other]));
  },
  'not-json': () =>
    whole({ status: 200, headers: { 'content-type': 'application/json' }, body: '{"results": [ { "id": ' }),
};

function withRepeatedCursor(answer: Answer, sent: unknown): Answer {
  const page: unknown = answer.body === '' ? undefined : JSON.parse(answer.body);
  if (!isRecord(page) || !isRecord(page['paging'])) return answer;
  const { paging } = page;
  // A listing of one page has no cursor to repeat: it gets the one of its beginning.
  const beginning = writeCursor({ search: { conditions: [], orderBy: undefined }, offset: 0 });
  const used = isRecord(sent) ? sent['cursor'] : undefined;
  const nextCursor = used ?? paging['nextCursor'] ?? beginning;
  return jsonAnswer(answer.status, { ...page, paging: { ...paging, nextCursor } });
}
