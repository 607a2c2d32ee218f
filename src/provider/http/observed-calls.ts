// What a client tells of its calls.

/** One try of one call, for `--debug`: no header, no body, no token. */
export interface TraceLine {
  readonly method: string;
  readonly path: string;
  /** Missing where no answer came. */
  readonly status?: number;
  /** From sending to the end of the answer. */
  readonly ms: number;
  /** From 1. */
  readonly attempt: number;
}

/** One try of one call that writes, told of before it is sent. */
export interface WriteCall {
  /** Key of the change it belongs to. */
  readonly key: string;
  readonly method: string;
  readonly path: string;
  /** `compensation`: takes back what the run did a moment ago. */
  readonly purpose?: 'compensation' | undefined;
  /** From 1. */
  readonly attempt: number;
}

/** What came of it; the status is missing where no answer came. */
export interface WriteAnswer {
  readonly status?: number;
}

/** Told of each write. The call goes out once the promise is fulfilled; what it gives is told the answer. */
export type OnWrite = (call: WriteCall) => Promise<(answer: WriteAnswer) => void>;
