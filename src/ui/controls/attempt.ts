import { toErrorRecord, type ErrorRecord } from '../../model/errors';

export type Attempt<T> = { readonly value: T } | { readonly error: ErrorRecord };

/** A computation that may refuse its input, as a value to render. */
export function attempt<T>(compute: () => T): Attempt<T> {
  try {
    return { value: compute() };
  } catch (error) {
    return { error: toErrorRecord(error) };
  }
}
