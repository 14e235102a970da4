// Invisible, control and text-direction characters, which could make a message read as something
// else than what was given.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const MOST_SHOWN = 40;

/** Text from outside made safe to show: cut short, unprintable characters as \u{…}. */
export function printable(text: string): string {
  const short = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
  return short.replace(UNSAFE, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`);
}

/** Whether `text` has characters that are control, format or direction marks. */
export function hasUnprintable(text: string): boolean {
  return text.search(UNSAFE) !== -1;
}

/** A value from outside, for "…, got …" in an error message. */
export function describeValue(value: unknown): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '0' : String(value);
  if (typeof value === 'string') return `the text "${printable(value)}"`;
  if (value === undefined) return 'nothing';
  if (value === null || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (ArrayBuffer.isView(value)) return 'a typed array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** A plain object: no array, no class instance, nothing inherited. Works across windows. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
