/**
 * Every failure the product can explain. The code selects the text people read (by language) and is
 * part of the console API; `remedy`-style wording lives in the message and in i18n.
 */
export const ERROR_CODES = [
  'invalid-problem',
  'invalid-configuration',
  'invalid-request',
  'invalid-link',
  'link-too-new',
  'invalid-file',
  'too-large',
  'webgpu-unavailable',
  'device-lost',
  'out-of-memory',
  'shader-error',
  'gpu-error',
  'worker-failed',
  'export-failed',
  'aborted',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** An error with a machine-readable code, the path of the offending value, and a remedy. */
export class BpttError extends Error {
  override readonly name = 'BpttError';
  constructor(
    readonly code: ErrorCode,
    /** Where: a dotted path such as `Wh` or `view.from`; '' when nothing more precise is known. */
    readonly path: string,
    /** What is wrong and what to do, in English; the page translates by code. */
    message: string,
    /** Values for the translated text, for example { needed: 16, got: 12 }. */
    readonly details: Readonly<Record<string, string | number>> = {},
  ) {
    super(message);
  }
}

/** Plain-data form that survives postMessage. */
export interface ErrorRecord {
  readonly code: ErrorCode;
  readonly path: string;
  readonly message: string;
  readonly details: Readonly<Record<string, string | number>>;
}

export function toErrorRecord(error: unknown): ErrorRecord {
  if (error instanceof BpttError) {
    return { code: error.code, path: error.path, message: error.message, details: error.details };
  }
  if (error instanceof DOMException && error.name === 'AbortError') {
    return { code: 'aborted', path: '', message: error.message, details: {} };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'worker-failed', path: '', message, details: {} };
}

export function fromErrorRecord(record: ErrorRecord): BpttError {
  return new BpttError(record.code, record.path, record.message, record.details);
}

/** Thrown where an AbortSignal fired; last edit wins, so it is never shown to people. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new BpttError('aborted', '', 'Superseded by a later request.');
}
