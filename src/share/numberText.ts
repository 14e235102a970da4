/** The shortest decimal that reads back as exactly `value`, without the "+" that links may lose. */
export function numberText(value: number): string {
  return String(value).replace('e+', 'e');
}

const DECIMAL = /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,4})?$/i;

/** NaN for anything that is no decimal number; "1e999" gives Infinity, which no rule accepts. */
export function numberFromText(text: string): number {
  return DECIMAL.test(text) ? Number(text) : NaN;
}

/** The shortest decimal that rounds to the float32 `value`. */
function singleText(value: number): string {
  for (let digits = 7; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return numberText(short);
  }
  return numberText(Number(value.toPrecision(9)));
}

/** A packed list of numbers: float32 values get half the digits, under the key "f32". */
export function numbersToJson(values: readonly number[]): string {
  const known = jsonOf.get(values);
  if (known !== undefined) return known;
  const single = values.every((v) => Math.fround(v) === v);
  const json = single
    ? `{"f32":[${values.map(singleText).join(',')}]}`
    : `[${values.map(numberText).join(',')}]`;
  jsonOf.set(values, json);
  return json;
}
/** Lists never change, and the address is written after every edit: large ones are written once. */
const jsonOf = new WeakMap<readonly number[], string>();

/** What numbersToJson wrote, parsed; anything else comes back as it is for the rules to refuse. */
export function numbersFromJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const keys = Object.keys(value);
  const list: unknown = 'f32' in value && keys.length === 1 ? value.f32 : value;
  if (!Array.isArray(list)) return list;
  const known = singlesOf.get(list);
  if (known !== undefined) return known;
  const singles = list.map((v: unknown) => (typeof v === 'number' ? Math.fround(v) : v));
  singlesOf.set(list, singles);
  return singles;
}
/** The pins of a link have most of their arrays from its own run. */
const singlesOf = new WeakMap<readonly unknown[], readonly unknown[]>();

/** Ascending whole numbers as first value and differences: regular cuts pack to almost nothing. */
export function toGaps(ascending: readonly number[]): number[] {
  return ascending.map((v, i) => v - (i === 0 ? 0 : ascending[i - 1]!));
}

/** Inverse of toGaps; entries that are no numbers become NaN for the rules to refuse. */
export function fromGaps(gaps: unknown): unknown {
  if (!Array.isArray(gaps)) return gaps;
  let sum = 0;
  return gaps.map((gap: unknown) => (sum += typeof gap === 'number' ? gap : NaN));
}
