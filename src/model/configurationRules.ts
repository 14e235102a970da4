import * as v from 'valibot';
import {
  WEIGHT_KEYS,
  type Configuration,
  type Pin,
  type RunConfiguration,
  type TaskConfiguration,
  type View,
  type WeightEdit,
  type WeightKey,
} from './configuration';
import { changeSchema, configurationSchema } from './configurationSchema';
import { BpttError } from './errors';
import type { Loss, OutputActivation } from './kinds';
import { sharingPins } from './pins';
import { sameValue } from './sameValue';

/** What the rules must know about tasks; given by the state layer, so that the model stands alone. */
export interface TaskKnowledge {
  shape(task: TaskConfiguration): { readonly I: number; readonly O: number };
  compatibleLosses(task: TaskConfiguration): readonly Loss[];
  defaultsFor(task: TaskConfiguration): {
    readonly outputActivation: OutputActivation;
    readonly loss: Loss;
  };
  /** The most steps the task's data allow. */
  longestT(task: TaskConfiguration): number;
}

interface Complaint {
  /** Dotted, such as view.from or edits.2.value; '' for the whole. */
  readonly path: string;
  /** Begins with the path. */
  readonly message: string;
}

export type Checked =
  | { readonly ok: true; readonly configuration: Configuration }
  | { readonly ok: false; readonly complaints: readonly Complaint[] };

function complaintsOf(issues: readonly v.BaseIssue<unknown>[]): Complaint[] {
  return issues.map((issue) => {
    const path = (issue.path ?? []).map((item) => String(item.key)).join('.');
    return { path, message: `${path === '' ? 'The configuration' : path} ${issue.message}` };
  });
}

/** Whether `input` has the form of a complete Configuration, in canonical form. Never throws. */
export function parseConfiguration(input: unknown): Checked {
  const parsed = v.safeParse(configurationSchema, input);
  return parsed.success
    ? { ok: true, configuration: parsed.output }
    : { ok: false, complaints: complaintsOf(parsed.issues) };
}

function refuse({ path, message }: Complaint): BpttError {
  return new BpttError('invalid-configuration', path, message);
}

/**
 * `previous` with the fields of `change`, every dependent field brought into line: playhead and
 * window inside T, weights of another shape dropped, another task with its own loss.
 * Fields that did not change keep their identity. Throws BpttError 'invalid-configuration'.
 */
export function applyChange(
  previous: Configuration,
  input: unknown,
  knowledge: TaskKnowledge,
): Configuration {
  const parsed = v.safeParse(changeSchema, withoutUndefined(input));
  if (!parsed.success) throw refuse(complaintsOf(parsed.issues)[0]!);
  const change = parsed.output;

  let next: Configuration = {
    ...previous,
    ...change,
    view: { ...previous.view, ...change.view },
  };
  if (change.view !== undefined) checkWindow(next.view);
  if (next.task.kind !== previous.task.kind) {
    // Another task brings its own loss, unless the change says otherwise.
    const { loss, outputActivation } = knowledge.defaultsFor(next.task);
    next = {
      ...next,
      loss: change.loss ?? loss,
      outputActivation: change.outputActivation ?? outputActivation,
      lossPlacement: change.lossPlacement ?? 'task',
    };
  }
  if (change.task !== undefined && change.T === undefined) {
    next = { ...next, T: Math.min(next.T, longest(next, knowledge)) };
  }
  next = { ...next, ...keptWeights(previous, next, change, knowledge) };
  next = insideT(next);
  checkFit(next, knowledge);
  if (change.pins !== undefined) next = { ...next, pins: fitPins(change.pins, knowledge) };
  return keepingIdentity(previous, next);
}

/** A complete configuration from elsewhere, made to fit its task or refused as applyChange does. */
export function fitConfiguration(
  configuration: Configuration,
  knowledge: TaskKnowledge,
): Configuration {
  checkWindow(configuration.view);
  const next = insideT(configuration);
  checkFit(next, knowledge);
  return { ...next, pins: fitPins(next.pins, knowledge) };
}

/** Pinned runs are configurations like any other: each is made to fit its own task, or refused. */
function fitPins(pins: readonly Pin[], knowledge: TaskKnowledge): readonly Pin[] {
  return pins.map(({ name, configuration }, i) => {
    const lossPlacement = placementInside(configuration);
    try {
      checkFit(configuration, knowledge);
    } catch (error) {
      if (!(error instanceof BpttError)) throw error;
      const { code, path, message, details } = error;
      const owner = `pins.${i}.configuration`;
      throw new BpttError(code, `${owner}.${path}`, `${owner}.${message}`, details);
    }
    return { name, configuration: { ...configuration, lossPlacement } };
  });
}

/** { T: undefined } says nothing about T. */
function withoutUndefined(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input;
  if (!Object.values(input).includes(undefined)) return input;
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

function longest(configuration: RunConfiguration, knowledge: TaskKnowledge): number {
  return Math.max(1, knowledge.longestT(configuration.task));
}

/** [rows, columns] of every weight array. */
export function weightShapes(
  { task, H }: Pick<Configuration, 'task' | 'H'>,
  knowledge: TaskKnowledge,
): Record<WeightKey, readonly [number, number]> {
  const { I, O } = knowledge.shape(task);
  return { Wh: [H, H], Wx: [H, I], b: [H, 1], Wy: [O, H], c: [O, 1] };
}

/**
 * Arrays and edits made for another shape go, and so do edits under an array that was replaced as a
 * whole; what the change itself brings stays and is checked.
 */
function keptWeights(
  previous: Configuration,
  next: Configuration,
  change: { readonly arrays?: unknown; readonly edits?: unknown },
  knowledge: TaskKnowledge,
): Pick<Configuration, 'arrays' | 'edits'> {
  const before = weightShapes(previous, knowledge);
  const after = weightShapes(next, knowledge);
  const sameShape = (key: WeightKey) => sameValue(before[key], after[key]);
  const arrays =
    change.arrays !== undefined
      ? next.arrays
      : Object.fromEntries(
          WEIGHT_KEYS.flatMap((key) => {
            const array = next.arrays[key];
            return array !== undefined && sameShape(key) ? [[key, array]] : [];
          }),
        );
  const stays = ({ array }: WeightEdit) =>
    sameShape(array) && sameValue(previous.arrays[array], arrays[array]);
  return { arrays, edits: change.edits === undefined ? next.edits.filter(stays) : next.edits };
}

function insideT(configuration: Configuration): Configuration {
  const { T, B, view } = configuration;
  return {
    ...configuration,
    lossPlacement: placementInside(configuration),
    view: clampView(view, T, B),
  };
}

function placementInside({ T, lossPlacement }: RunConfiguration) {
  if (typeof lossPlacement === 'string' || lossPlacement.length === 0) return lossPlacement;
  const inside = lossPlacement.filter((step) => step <= T);
  return inside.length > 0 ? inside : 'last';
}

/** The view over T steps and B entries; a window past the end moves back, keeping its width. */
export function clampView(view: View, T: number, B: number): View {
  let { from, to } = view;
  if (to > T) {
    from = Math.max(1, from - (to - T));
    to = T;
  }
  if (from > T) from = 1;
  const [step, batchEntry] = [Math.min(view.step, T), Math.min(view.batchEntry, B - 1)];
  return { ...view, from, to, step, batchEntry };
}

function checkWindow({ from, to }: View): void {
  if (to === 0 || from <= to) return;
  const message = `view.from must not lie after view.to, got ${from} and ${to}`;
  throw refuse({ path: 'view.from', message });
}

function checkFit(configuration: RunConfiguration, knowledge: TaskKnowledge): void {
  const { task, T, loss, arrays, edits } = configuration;
  const most = longest(configuration, knowledge);
  if (T > most) {
    const message = `T must be at most ${most}: the ${task.kind} data end there, got ${T}`;
    throw new BpttError('invalid-configuration', 'T', message, { most, got: T });
  }
  const losses = knowledge.compatibleLosses(task);
  if (!losses.includes(loss)) {
    const message = `loss of the task ${task.kind} must be one of ${losses.join(', ')}, got ${loss}`;
    throw refuse({ path: 'loss', message });
  }
  const shapes = weightShapes(configuration, knowledge);
  for (const key of WEIGHT_KEYS) {
    const [rows, columns] = shapes[key];
    const needed = rows * columns;
    const got = arrays[key]?.length ?? needed;
    if (got !== needed) {
      const path = `arrays.${key}`;
      const message = `${path} needs ${needed} numbers (${rows}×${columns}), got ${got}`;
      throw new BpttError('invalid-configuration', path, message, { needed, got });
    }
  }
  for (const { array, index } of edits) {
    const [rows, columns] = shapes[array];
    if (index < rows * columns) continue;
    const message = `edits: ${array} has ${rows * columns} entries, there is no index ${index}`;
    throw refuse({ path: 'edits', message });
  }
}

/** `next`, with the objects of `previous` wherever they are equal: a cheap "did it change". */
function keepingIdentity(previous: Configuration, next: Configuration): Configuration {
  const kept: Configuration = {
    ...next,
    task: same(previous.task, next.task),
    lossPlacement: same(previous.lossPlacement, next.lossPlacement),
    initialiser: same(previous.initialiser, next.initialiser),
    edits: same(previous.edits, next.edits),
    arrays: same(previous.arrays, next.arrays),
    cuts: same(previous.cuts, next.cuts),
    truncation: same(previous.truncation, next.truncation),
    pins: sharingPins(next.pins, previous, next),
    training: same(previous.training, next.training),
    view: same(previous.view, next.view),
  };
  const keys = Object.keys(kept) as (keyof Configuration)[];
  return keys.every((key) => kept[key] === previous[key]) ? previous : kept;
}

function same<V>(previous: V, next: V): V {
  return sameValue(previous, next) ? previous : next;
}

/**
 * Whether two configurations of the store differ in nothing but the view: no undo entry. Whether
 * they are the same run is `sameRun`'s to say.
 */
export function differOnlyInView(a: Configuration, b: Configuration): boolean {
  const keys = Object.keys(a) as (keyof Configuration)[];
  return keys.every((key) => key === 'view' || a[key] === b[key]);
}
