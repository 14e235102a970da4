import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A case of test/fixtures/golden as it is given to window.bptt.evaluate, expectations included. */
export interface Case {
  readonly name: string;
  readonly T: number;
  readonly B: number;
  readonly H: number;
  readonly expected: Readonly<Record<string, number | readonly number[]>>;
  readonly [field: string]: unknown;
}

const FOLDER = path.join(import.meta.dirname, '../../fixtures/golden');

const ALL = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Case);

export const CASES: readonly Case[] = ALL.filter((one) => !('optimizer' in one));

/** A case of window.bptt.train; it is a problem as it stands. */
export interface TrainingCase extends Case {
  readonly optimizer: { readonly steps: number };
  readonly expected: { readonly losses: readonly number[]; readonly gradNorms: readonly number[] };
}

export const TRAINING_CASES = ALL.filter((one): one is TrainingCase => 'optimizer' in one);

export function caseOf(name: string): Case {
  const found = CASES.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no golden case ${name}.`);
  return found;
}
