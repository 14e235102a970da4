/**
 * What the files of test/gpu import as 'vitest' when they are bundled for a bare Node: their own
 * `expect`, and just enough of `describe` and `it` to run them one after the other. The modules they
 * share are evaluated once for all of them, so hooks run before the first test and after the last.
 */
import { format } from 'node:util';
import { expect } from 'vitest';

export { expect };

type Body = () => unknown;

interface Test {
  readonly name: string;
  readonly body: Body;
}

export interface FileReport {
  readonly file: string;
  readonly passed: number;
  readonly failures: readonly { readonly name: string; readonly message: string }[];
  /** Tests that were not begun before the deadline */
  readonly left: number;
  readonly milliseconds: number;
}

/** As for the tests in a browser */
const TEST_TIMEOUT = 120_000;

const path: string[] = [];
let tests: Test[] = [];
const before: Body[] = [];
const after: Body[] = [];

export function describe(name: string, body: () => void): void {
  path.push(name);
  body();
  path.pop();
}

export function it(name: string, body: Body): void {
  tests.push({ name: [...path, name].join(' > '), body });
}

export const beforeAll = (body: Body) => before.push(body);
export const afterAll = (body: Body) => after.push(body);

/** `name` with as many of the arguments as it has placeholders, and `$key` of an object */
function fill(name: string, values: readonly unknown[]): string {
  const wanted = [...name.matchAll(/%[sdifjoO]/g)].length;
  const [first] = values;
  return format(name, ...values.slice(0, wanted)).replace(/\$(\w+)/g, (found, key: string) =>
    typeof first === 'object' && first !== null && key in first
      ? format(Reflect.get(first, key))
      : found,
  );
}

function each(register: (name: string, body: () => void) => void) {
  return (cases: readonly unknown[]) =>
    (name: string, body: (...values: unknown[]) => void): void => {
      for (const entry of cases) {
        const values: readonly unknown[] = Array.isArray(entry) ? entry : [entry];
        register(fill(name, values), () => body(...values));
      }
    };
}

describe.each = each(describe);
it.each = each(it);

async function withTimeout(body: Body): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${TEST_TIMEOUT / 1000} s`));
    }, TEST_TIMEOUT);
  });
  try {
    await Promise.race([body(), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Loads one file, which registers its tests, and runs them. */
export async function runFile(
  file: string,
  load: () => Promise<unknown>,
  deadline: number,
): Promise<FileReport> {
  const started = performance.now();
  tests = [];
  await load();
  for (const hook of before.splice(0)) await hook();
  const failures: { name: string; message: string }[] = [];
  let begun = 0;
  for (const { name, body } of tests) {
    if (performance.now() > deadline) break;
    begun++;
    try {
      await withTimeout(body);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      failures.push({ name, message });
    }
  }
  return {
    file,
    passed: begun - failures.length,
    failures,
    left: tests.length - begun,
    milliseconds: performance.now() - started,
  };
}

/** Call once, after the last file. */
export async function finish(): Promise<void> {
  for (const hook of after.splice(0)) await hook();
}
