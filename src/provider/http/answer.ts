import type { Unknown } from '../../model/live.ts';
import type { Refusal } from '../../model/outcome.ts';
import { isRecord } from '../shape.ts';
import type { Fault } from './errors.ts';
import { isOverloaded } from './json-limits.ts';
import type { KnownSecrets } from './known-secrets.ts';
import { parseRetryAfter } from './retry-after.ts';

/** What came back over HTTP, whole. */
export interface Answer {
  readonly status: number;
  readonly retryAfter?: string | undefined;
  readonly location?: string | undefined;
  readonly text: string;
}

/** What is needed to name an answer. */
export interface Asked {
  readonly host: string;
  readonly now: number;
  /** `hide` where the request held a secret, which the tenant's text might repeat in part. */
  readonly vendorText: 'show' | 'hide';
  /** Text that shows one of them is left out. */
  readonly secrets: KnownSecrets;
}

/** A good answer's JSON; `json` is missing where the body is empty. */
export type Read =
  { readonly read: 'answer'; readonly json?: unknown } | { readonly read: 'fault'; readonly fault: Fault };

/** Tells an answer from a fault: any 2xx that is empty or JSON is an answer. Raw bytes are never repeated. */
export function readAnswer(answer: Answer, asked: Asked): Read {
  const parsed = parseBody(answer.text);
  if (answer.status >= 200 && answer.status < 300) {
    if (parsed.body === 'json') return { read: 'answer', json: parsed.json };
    if (parsed.body === 'overloaded') return { read: 'fault', fault: overloaded(answer, asked) };
    return parsed.body === 'empty' ? { read: 'answer' } : { read: 'fault', fault: notJson(answer, asked) };
  }
  if (answer.status < 400) return { read: 'fault', fault: redirected(answer, asked) };
  return { read: 'fault', fault: refused(answer, asked, parsed) };
}

type Body = { readonly body: 'json'; readonly json: unknown } | { readonly body: 'empty' | 'other' | 'overloaded' };

function parseBody(text: string): Body {
  if (text === '') return { body: 'empty' };
  if (isOverloaded(text)) return { body: 'overloaded' };
  try {
    const json: unknown = JSON.parse(text);
    return { body: 'json', json };
  } catch {
    return { body: text.trim() === '' ? 'empty' : 'other' };
  }
}

function notJson({ status }: Answer, { host }: Asked): Fault {
  const message = `${host} answered with something other than JSON; a gateway or proxy may stand in between`;
  return { code: 'not-json', processed: 'maybe', passes: 'briefly', body: 'other', refusal: { status, message } };
}

function overloaded({ status }: Answer, { host }: Asked): Fault {
  const message = `${host} gave an answer with more in it than any that is expected`;
  return { code: 'wrong-shape', processed: 'maybe', passes: 'never', body: 'other', refusal: { status, message } };
}

function redirected({ status, location }: Answer, { host, secrets }: Asked): Fault {
  const target = targetOf(location, secrets);
  const message = `${host} redirects${target === undefined ? '' : ` to ${target}`}, which is not followed; correct the tenant URL`;
  return { code: 'refused', processed: 'no', passes: 'never', body: 'other', refusal: { status, message } };
}

/** Only the host: path and query may hold what is not for a log. A URL decodes its host, so that both are looked at. */
function targetOf(location: string | undefined, secrets: KnownSecrets): string | undefined {
  if (location === undefined || !URL.canParse(location)) return undefined;
  const { host } = new URL(location);
  return secrets.areIn(location) || secrets.areIn(host) ? undefined : host;
}

type StatusRule = Pick<Fault, 'code' | 'processed' | 'passes'>;

const byStatus: ReadonlyMap<number, StatusRule> = new Map<number, StatusRule>([
  [401, { code: 'unauthorized', processed: 'no', passes: 'never' }],
  [403, { code: 'forbidden', processed: 'no', passes: 'never' }],
  [408, { code: 'timeout', processed: 'maybe', passes: 'with-time' }],
  [429, { code: 'throttled', processed: 'no', passes: 'with-time' }],
]);

function ruleFor(status: number, body: Body['body']): StatusRule {
  const rule = byStatus.get(status);
  if (rule !== undefined) return rule;
  if (status >= 500) return { code: 'server-error', processed: 'maybe', passes: 'with-time' };
  const code: Unknown['code'] = body === 'json' ? 'refused' : 'not-json';
  return { code, processed: 'no', passes: 'never' };
}

function refused(answer: Answer, asked: Asked, parsed: Body): Fault {
  const { status } = answer;
  const waits = status === 429 || status === 503 ? parseRetryAfter(answer.retryAfter, asked.now) : undefined;
  const isOther = parsed.body === 'overloaded' || (parsed.body === 'json' && !isRecord(parsed.json));
  const body = isOther ? 'other' : parsed.body;
  return {
    ...ruleFor(status, body),
    body,
    refusal: parsed.body === 'json' ? refusalOf(status, parsed.json, asked) : { status, message: plain(asked, body) },
    retryAfterMs: waits,
  };
}

function plain({ host }: Asked, body: Fault['body']): string {
  if (body === 'empty') return `${host} gave no reason`;
  return `${host} answered with a page that is not JSON; a gateway or proxy in between gave it, not the tenant`;
}

/** The vendor's error body is `errorCode` and `errorMessage`; a second form has `code` and `message`. */
function refusalOf(status: number, json: unknown, asked: Asked): Refusal {
  const errorCode = textOf(json, 'errorCode') ?? textOf(json, 'code');
  const told = textOf(json, 'errorMessage') ?? textOf(json, 'message');
  const reason = told === undefined ? undefined : shownReason(told, asked);
  const isCode = errorCode !== undefined && /^[\w.:-]{1,80}$/.test(errorCode) && !asked.secrets.areIn(errorCode);
  const message = reason?.slice(0, 500) ?? `${asked.host} gave no reason`;
  return { status, errorCode: isCode ? errorCode : undefined, message };
}

function shownReason(told: string, { host, vendorText, secrets }: Asked): string {
  if (vendorText === 'hide') return `${host} refused the call; its reason is not shown, as the request held a secret`;
  if (secrets.areIn(told)) return `${host} refused the call; its reason is not shown, as it repeats a secret`;
  return told;
}

function textOf(json: unknown, name: string): string | undefined {
  const value = isRecord(json) ? json[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
