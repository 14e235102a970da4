import type { Activation, Loss, OutputActivation } from './kinds';
import { DEFAULT_TRAINING, type TrainingSettings } from './trainingSettings';
import { LEAST_KEEP, NO_TRUNCATION, type Truncation } from './truncation';

/** Everything a run is computed from. */
export interface RunConfiguration {
  readonly task: TaskConfiguration;
  readonly T: number;
  readonly B: number;
  readonly H: number;
  readonly activation: Activation;
  readonly outputActivation: OutputActivation;
  readonly loss: Loss;
  /** Where the loss sits; 'task' is the task's own placement. Otherwise 1-based steps. */
  readonly lossPlacement: 'task' | 'every' | 'last' | readonly number[];
  readonly initialiser: Initialiser;
  /** Multiplies the generated W_h. */
  readonly gain: number;
  /** Seed of the generated weights, an unsigned 32-bit integer. */
  readonly seed: number;
  /** Seed of the generated inputs, an unsigned 32-bit integer. */
  readonly dataSeed: number;
  /** Single entries set by hand, on top of generated weights or of `arrays`. Unique (array, index). */
  readonly edits: readonly WeightEdit[];
  /** Whole arrays given by the user; they replace the generated ones (gain does not apply). */
  readonly arrays: Partial<Record<WeightKey, readonly number[]>>;
  /**
   * Ascending, unique steps before which h is detached by hand, on top of `truncation`. Those beyond
   * T wait: they take effect when T is long enough again.
   */
  readonly cuts: readonly number[];
  readonly truncation: Truncation;
}

/** The complete description of what the page shows; a share link holds exactly this. */
export interface Configuration extends RunConfiguration {
  /** Runs to compare with, oldest first, no two of the same name; at most PIN_LIMITS.pins. */
  readonly pins: readonly Pin[];
  readonly training: TrainingSettings;
  readonly view: View;
}

/** A run that stays on the axes as ghost curves. */
export interface Pin {
  /** Printable, without blanks at its ends, 1…PIN_LIMITS.name characters */
  readonly name: string;
  readonly configuration: RunConfiguration;
}

/** One chart draws four series that can be told apart; a name fits its legend. */
export const PIN_LIMITS = { pins: 4, name: 40 } as const;

/** Keys of the console API. */
export const WEIGHT_KEYS = ['Wh', 'Wx', 'b', 'Wy', 'c'] as const;
export type WeightKey = (typeof WEIGHT_KEYS)[number];

export interface WeightEdit {
  readonly array: WeightKey;
  /** Row-major index into the array */
  readonly index: number;
  readonly value: number;
}

export const SYNTHETIC_TASKS = ['adding', 'copy', 'temporalOrder', 'latch', 'sine'] as const;
export type SyntheticTask = (typeof SYNTHETIC_TASKS)[number];

export const TEXT_SAMPLES = ['carroll', 'liBai'] as const;
export const SERIES_SAMPLES = ['seattleTemperature'] as const;

export type TaskConfiguration =
  | { readonly kind: SyntheticTask }
  | {
      readonly kind: 'text';
      readonly source:
        { readonly sample: (typeof TEXT_SAMPLES)[number] } | { readonly text: string };
      /** Most frequent characters kept one-hot; the rest become "other". 2…64 */
      readonly vocabulary: number;
    }
  | {
      readonly kind: 'series';
      readonly source:
        | { readonly sample: (typeof SERIES_SAMPLES)[number] }
        | { readonly name: string; readonly values: readonly number[] };
    };
export type TaskKind = TaskConfiguration['kind'];

export const INITIALISERS = [
  'gaussian',
  'uniform',
  'xavier',
  'orthogonal',
  'identity',
  'diagonal',
  'rotation',
  'smartTanh',
  'shift',
  'zero',
] as const;
export type InitialiserKind = (typeof INITIALISERS)[number];
/** How the generated W_h is made. W_x, W_y ~ N(0, 1/fan-in); b, c = 0. */
export interface Initialiser {
  readonly kind: InitialiserKind;
  /** Rotation angle in radians; only 'rotation' uses it. */
  readonly angle: number;
}

export const TRACKS = [
  'graph',
  'inputs',
  'states',
  'saturation',
  'loss',
  'errors',
  'gradient',
  'contribution',
] as const;
export type TrackId = (typeof TRACKS)[number];

/** The tracks on the shared time axis, which can change places; the graph has an axis of its own. */
export const AXIS_TRACKS = TRACKS.filter((track) => track !== 'graph');
export type AxisTrackId = (typeof AXIS_TRACKS)[number];

/** The panels of the right side, by purpose. */
export const PANELS = [
  'step',
  'flow',
  'compare',
  'train',
  'lag',
  'truncation',
  'pytorch',
  'spectrum',
  'surface',
  'check',
] as const;
export type PanelId = (typeof PANELS)[number];

export interface View {
  /** Shown steps from…to, 1-based inclusive; `to` = 0 means "to the end". */
  readonly from: number;
  readonly to: number;
  /** The playhead's step, 1…T */
  readonly step: number;
  /** The batch entry shown, 0…B−1 */
  readonly batchEntry: number;
  /** Folded tracks. */
  readonly folded: readonly TrackId[];
  /** Every track of the shared axis, from top to bottom. */
  readonly order: readonly AxisTrackId[];
  /** Heights of plots set by hand, CSS pixels; the others share the room there is. */
  readonly heights: Readonly<Partial<Record<TrackId, number>>>;
  /** The open panel. */
  readonly panel: PanelId;
}

/** Bounds the page offers; the engine's own budget may be tighter (BpttError 'too-large'). */
export const LIMITS = {
  T: { least: 1, most: 100_000 },
  B: { least: 1, most: 256 },
  H: { least: 1, most: 512 },
  gain: { least: 0, most: 10 },
  vocabulary: { least: 2, most: 64 },
  keep: { least: LEAST_KEEP, most: 1 },
  trackHeight: { least: 24, most: 600 },
} as const;

export const DEFAULT_CONFIGURATION: Configuration = {
  task: { kind: 'adding' },
  T: 96,
  B: 4,
  H: 24,
  activation: 'tanh',
  outputActivation: 'identity',
  loss: 'mse',
  lossPlacement: 'task',
  initialiser: { kind: 'orthogonal', angle: 0.3 },
  gain: 0.95,
  seed: 7,
  dataSeed: 1,
  edits: [],
  arrays: {},
  cuts: [],
  truncation: NO_TRUNCATION,
  pins: [],
  training: DEFAULT_TRAINING,
  view: {
    from: 1,
    to: 0,
    step: 61,
    batchEntry: 0,
    folded: ['saturation'],
    order: AXIS_TRACKS,
    heights: {},
    panel: 'step',
  },
};
