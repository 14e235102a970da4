import * as v from 'valibot';
import { describeValue, isPlainObject, printable } from './describeValue';

/** What the fields of a Configuration are made of; every message continues the field's path. */

export function got(issue: { readonly input: unknown }): string {
  return `, got ${describeValue(issue.input)}`;
}

export function whole(least: number, most: number) {
  const isIt = (x: unknown) =>
    typeof x === 'number' && Number.isInteger(x) && x >= least && x <= most;
  return v.pipe(
    v.custom<number>(isIt, (i) => `must be a whole number from ${least} to ${most}${got(i)}`),
    v.transform(withoutNegativeZero),
  );
}

/** Links and comparisons know one zero. */
function withoutNegativeZero(x: number): number {
  return x + 0;
}

export function fitsFloat32(x: unknown): x is number {
  return typeof x === 'number' && Number.isFinite(Math.fround(x));
}
export const FLOAT32 = 'must be a finite number that fits float32';

export const real = v.pipe(
  v.custom<number>(fitsFloat32, (i) => `${FLOAT32}${got(i)}`),
  v.transform(withoutNegativeZero),
);

export function realBetween(least: number, most: number) {
  const isIt = (x: unknown) => typeof x === 'number' && x >= least && x <= most;
  return v.pipe(
    v.custom<number>(isIt, (i) => `must be a number from ${least} to ${most}${got(i)}`),
    v.transform(withoutNegativeZero),
  );
}

export function oneOf<const C extends readonly string[]>(choices: C) {
  return v.picklist(choices, (i) => `must be one of ${choices.join(', ')}${got(i)}`);
}

type ListLike = readonly unknown[] | ArrayLike<unknown>;

export function isList(value: unknown): value is ListLike {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** A plain or typed array of numbers as a plain array; one loop, since it may be long. */
export function numbers(
  least: number,
  most: number,
  check: (x: unknown) => x is number,
  wanted: string,
) {
  return v.pipe(
    v.custom<ListLike>(
      (x) => isList(x) && x.length >= least && x.length <= most,
      (i) => {
        const size = `must be an array of ${least} to ${most} numbers`;
        return isList(i.input) ? `${size}, got ${i.input.length}` : `${size}${got(i)}`;
      },
    ),
    v.rawTransform<ListLike, number[]>(({ dataset, addIssue, NEVER }) => {
      const input = dataset.value;
      const out = new Array<number>(input.length);
      for (let i = 0; i < out.length; i++) {
        const value = input[i];
        if (!check(value)) {
          addIssue({
            message: `${wanted}, got ${describeValue(value)}`,
            path: [{ type: 'array', origin: 'value', input: [], key: i, value }],
          });
          return NEVER;
        }
        out[i] = withoutNegativeZero(value);
      }
      return out;
    }),
  );
}

/** An array of few items; its length is checked before any item is looked at. */
export function listOf<const S extends v.GenericSchema>(item: S, most: number, wanted: string) {
  return v.pipe(
    v.custom<unknown[]>(
      (x) => Array.isArray(x) && x.length <= most,
      (i) => `must be an array of at most ${most} ${wanted}${got(i)}`,
    ),
    v.array(item),
  );
}

/** An object with these keys and no others. */
export function exactly<E extends v.ObjectEntries>(entries: E) {
  return v.pipe(
    v.custom<Record<string, unknown>>(isPlainObject, (i) => `must be a plain object${got(i)}`),
    v.rawCheck<Record<string, unknown>>(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const unknown = Object.keys(dataset.value).filter((key) => !Object.hasOwn(entries, key));
      for (const key of unknown.slice(0, 5)) {
        const known = Object.keys(entries).join(', ');
        addIssue({
          message: `is unknown; the keys here are ${known}`,
          path: [
            {
              type: 'object',
              origin: 'key',
              input: dataset.value,
              key: printable(key),
              value: dataset.value[key],
            },
          ],
        });
      }
    }),
    v.object(entries, 'is missing'),
  );
}

export function textOf(least: number, most: number) {
  return v.custom<string>(
    (x) => typeof x === 'string' && x.length >= least && x.length <= most,
    (i) => {
      const size = `must be a text of ${least} to ${most} characters`;
      return typeof i.input === 'string' ? `${size}, got ${i.input.length}` : `${size}${got(i)}`;
    },
  );
}
