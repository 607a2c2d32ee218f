/** A whole answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the caller gets to see: an answer, one cut off in the middle, silence, or a destroyed connection. */
export type Delivery =
  | { readonly deliver: 'whole' | 'cut'; readonly answer: Answer }
  | { readonly deliver: 'hang' }
  | { readonly deliver: 'reset' };

/** What of it is answered, cut off or not. */
export function answerIn(delivery: Delivery): Answer | undefined {
  return delivery.deliver === 'whole' || delivery.deliver === 'cut' ? delivery.answer : undefined;
}

export function whole(answer: Answer): Delivery {
  return { deliver: 'whole', answer };
}

/** An answer in JSON; with `undefined`, the vendor's empty one. */
export function jsonAnswer(status: number, value: unknown): Answer {
  if (value === undefined) return { status, headers: {}, body: '' };
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** The vendor's `ErrorInfo`. */
export function errorAnswer(status: number, errorCode: string, errorMessage: string): Answer {
  return jsonAnswer(status, { errorCode, errorMessage, parameters: [] });
}

export function htmlAnswer(status: number, title: string): Answer {
  const body = `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return { status, headers: { 'content-type': 'text/html' }, body };
}
