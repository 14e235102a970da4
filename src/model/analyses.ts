import type { Evaluation, EngineKind } from './evaluation';
import type { Activation } from './kinds';
import type { TruncationScheme } from './truncation';
import type {
  GradientComparison,
  TruncatedArray,
  TruncationSamples,
  TruncationSweep,
} from './truncationAnalyses';

/** What `analyze` can be asked; the part that docs/console-api.md offers to scripts. */
export interface PublicAnalyses {
  /** log2 ‖∂(w_s ℓ_s)/∂h_k‖_F for all s, k */
  lag: {
    readonly request: { readonly kind: 'lag' };
    /** [T·T], row s, column k; see Run.lagMap */
    readonly value: { readonly log2Norm: Float64Array };
  };
  /** ∂h_to/∂h_from of batch entry 0, 0 ≤ from < to ≤ T */
  jacobian: {
    readonly request: { readonly kind: 'jacobian'; readonly from: number; readonly to: number };
    /** [H], descending; −Infinity only for exact zeros */
    readonly value: { readonly log2SingularValues: Float64Array };
  };
  /** Lyapunov exponents of batch entry 0; `skip` first steps are not counted (0 by default) */
  lyapunov: {
    readonly request: { readonly kind: 'lyapunov'; readonly skip?: number };
    /** [H], natural log per step, descending */
    readonly value: { readonly exponents: Float64Array };
  };
  /** Each step's part of ∂L/∂W_h */
  contributions: {
    readonly request: { readonly kind: 'contributions' };
    /** log2 ‖Σ_n δ_t h_{t−1}ᵀ‖_F [T]; NaN after an overflow */
    readonly value: { readonly byStep: Float64Array };
  };
  /** Of W_h */
  spectrum: {
    readonly request: { readonly kind: 'spectrum' };
    /** Eigenvalues [re, im], modulus descending; singular values descending */
    readonly value: {
      readonly eigenvalues: readonly (readonly [number, number])[];
      readonly singularValues: readonly number[];
    };
  };
  /** ∂L/∂W_h under a scheme, in the place of the problem's own, beside the full gradient */
  truncation: {
    readonly request: {
      readonly kind: 'truncation';
      readonly scheme: TruncationScheme;
      /** Independent draws of a random scheme; 256 by default */
      readonly samples?: number;
    };
    readonly value: {
      /** Of the mean over the draws, for a random scheme; NaN where one gradient is exactly 0 */
      readonly cosine: number;
      /** ‖g − full‖_F/‖full‖_F */
      readonly relativeError: number;
      /** Of the draws of a random scheme, [H·H] */
      readonly mean?: Float64Array;
      /** With n − 1, [H·H] */
      readonly sd?: Float64Array;
    };
  };
  meanField: {
    readonly request: {
      readonly kind: 'meanField';
      readonly activation: Activation;
      readonly sigmaW: number;
      readonly sigmaB: number;
    };
    /** q* (Infinity when the variance grows without bound) and χ there */
    readonly value: { readonly q: number; readonly chi: number };
  };
}

/** What the page's own panels ask beyond that. `batchEntry` is 0…B−1, steps are 1-based. */
export interface PanelAnalyses {
  /** Singular values of J_t and of ∂h_t/∂h_from along from < t ≤ to, at no more than `points` t */
  singularValues: {
    readonly request: {
      readonly kind: 'singularValues';
      readonly from: number;
      readonly to: number;
      readonly points: number;
      readonly batchEntry: number;
    };
    readonly value: SingularValuesThroughTime;
  };
  /** The `count` largest exponents with their running means at no more than `points` steps */
  lyapunovPath: {
    readonly request: {
      readonly kind: 'lyapunovPath';
      readonly skip: number;
      readonly count: number;
      readonly points: number;
      readonly batchEntry: number;
    };
    readonly value: LyapunovPath;
  };
  /** Histograms over steps from…to in no more than `columns` columns */
  saturation: {
    readonly request: {
      readonly kind: 'saturation';
      readonly from: number;
      readonly to: number;
      readonly columns: number;
      readonly bins: number;
      readonly batchEntry: number;
    };
    readonly value: SaturationView;
  };
  /** A unit error sent back from step `from` with no injection on the way */
  unitError: {
    readonly request: {
      readonly kind: 'unitError';
      readonly from: number;
      readonly batchEntry: number;
    };
    /** log2 ‖·‖ per step k ≤ from [T]; −Infinity beyond a cut, NaN for k > from */
    readonly value: { readonly log2Norm: Float64Array };
  };
  /** Whether Σ_s Σ_k δ_k^{(s)} h_{k−1}ᵀ, the lag map's vectors put together, is ∂L/∂W_h */
  lagIdentity: {
    readonly request: { readonly kind: 'lagIdentity' };
    readonly value: {
      /** ‖Σ − ∂L/∂W_h‖_F/‖∂L/∂W_h‖_F in float64; 0 when both are exactly 0 */
      readonly relativeError: number;
      /** Losses that were sent back one by one */
      readonly losses: number;
    };
  };
  /** The problem's own truncation, resets included, beside the same network without any */
  truncationNow: {
    readonly request: { readonly kind: 'truncationNow' };
    readonly value: Readonly<Record<TruncatedArray, GradientComparison>>;
  };
  /**
   * Chunks of k steps, and windows of k steps every min(every, k), beside the full gradient, at no
   * more than `points` k. ∂L/∂W_y and ∂L/∂c do not depend on either.
   */
  truncationSweep: {
    readonly request: {
      readonly kind: 'truncationSweep';
      readonly every: number;
      readonly points: number;
    };
    readonly value: TruncationSweep;
  };
  /** How the mean of random draws comes to the full ∂L/∂W_h, after no more than `points` n of them */
  truncationSamples: {
    readonly request: {
      readonly kind: 'truncationSamples';
      readonly keep: number;
      readonly seed: number;
      readonly samples: number;
      readonly points: number;
    };
    readonly value: TruncationSamples;
  };
  /** The edge of chaos: the σ_w with χ = 1 at this σ_b, and q* there */
  criticalPoint: {
    readonly request: {
      readonly kind: 'criticalPoint';
      readonly activation: Activation;
      readonly sigmaB: number;
    };
    /** Null where χ = 1 is not reached at a finite variance */
    readonly value: { readonly sigmaW: number; readonly q: number } | null;
  };
}

export type Analyses = PublicAnalyses & PanelAnalyses;
export type AnalysisKind = keyof Analyses;
export type AnalysisRequest = Analyses[AnalysisKind]['request'];
export type PublicAnalysisRequest = PublicAnalyses[keyof PublicAnalyses]['request'];
/** The answer to a request of type R. */
export type AnalysisValue<R extends AnalysisRequest> = Analyses[R['kind']]['value'];

export interface SingularValuesThroughTime {
  /** The steps t that are shown, ascending; the last is `to` */
  readonly steps: Int32Array;
  readonly H: number;
  /** log2 of the singular values of J_t, row-major [steps, H], descending in each row */
  readonly log2Step: Float64Array;
  /** log2 of the singular values of ∂h_t/∂h_from, row-major [steps, H] */
  readonly log2Product: Float64Array;
}

export interface LyapunovPath {
  /** [count], natural log per step, descending */
  readonly exponents: Float64Array;
  /** The steps t whose running means are given, ascending */
  readonly steps: Int32Array;
  /** Mean over skip < τ ≤ t, row-major [steps, count], descending in each row */
  readonly running: Float64Array;
  /** Mean of ln |det J_t| over the same steps, which all H exponents add up to; −Infinity if singular */
  readonly meanLogDeterminant: number;
}

/** bins × columns, row-major, row 0 the least values; every column adds up to 1, or is NaN. */
export interface Histogram {
  readonly bins: number;
  readonly columns: number;
  /** Bin b covers least + b·(greatest − least)/bins …; the end bins take what lies beyond */
  readonly least: number;
  readonly greatest: number;
  readonly shares: Float32Array;
}

export interface SaturationView {
  readonly preActivations: Histogram;
  readonly slopes: Histogram;
  /** Share of units with 0 < |f′| < 0.01 γ, per step, up to the stop */
  readonly saturated: Float64Array;
  /** Share of units with f′ = 0 exactly, per step, up to the stop */
  readonly dead: Float64Array;
}

/** The arrays that a cross-check compares, by their console names. */
export const CHECKED_ARRAYS = [
  ...(['lossPerStep', 'h', 'y', 'dh', 'delta'] as const),
  ...(['dWx', 'dWh', 'db', 'dWy', 'dc', 'dh0'] as const),
] as const satisfies readonly (keyof Evaluation)[];
export type CheckedArray = (typeof CHECKED_ARRAYS)[number];

/** good ≤ 1e-4 < fair ≤ 1e-2 < bad; a non-finite number or a nonzero where 0 is due is bad. */
export type CheckLevel = 'good' | 'fair' | 'bad';

export interface ArrayCheck {
  readonly array: CheckedArray;
  /** Largest |engine − reference| relative to the largest |reference| of the same row */
  readonly error: number;
  /** Flat row-major index of that element; −1 when the error is 0 */
  readonly index: number;
  readonly level: CheckLevel;
  /** The element's two values; ±Infinity or 0 where they lie outside float64 */
  readonly engine: number;
  readonly reference: number;
}

/** One parameter's derivative by central differences, which use no backward pass at all. */
export interface DifferenceCheck {
  readonly array: 'dWx' | 'dWh' | 'db' | 'dWy' | 'dc' | 'dh0';
  readonly index: number;
  /** (L(θ+ε) − L(θ−ε))/2ε of the float64 forward pass */
  readonly difference: number;
  /** The engine's gradient */
  readonly gradient: number;
  /** |difference − gradient|, relative to the array's largest gradient */
  readonly error: number;
  /** What the difference itself is uncertain by (ε against 2ε and rounding), on the same scale */
  readonly uncertainty: number;
  /** null where the difference is too uncertain to say anything */
  readonly level: CheckLevel | null;
}

export interface CrossCheck {
  readonly engine: EngineKind;
  /**
   * trajectory: forward and backward compared over the whole pass. ownStates: the trajectories part
   * (chaos, or a fault), so the forward pass was checked one step at a time from the engine's own
   * states, and the reference ran its backward pass on them.
   */
  readonly mode: 'trajectory' | 'ownStates';
  /** Largest Lyapunov exponent of batch entry 0, natural log per step; null with fewer than 2 steps */
  readonly largestExponent: number | null;
  /** Largest error of h over the whole trajectory, also where it is not the measure */
  readonly trajectoryError: number;
  readonly arrays: readonly ArrayCheck[];
  readonly worst: ArrayCheck;
  readonly overflowAt: { readonly engine: number | null; readonly reference: number | null };
  /** Null when they were not asked for */
  readonly differences: readonly DifferenceCheck[] | null;
}

/** A developer's switch: this value is changed before the comparison, so that the check must fail. */
export interface Corruption {
  readonly array: CheckedArray;
  readonly index: number;
}

export interface CrossCheckOptions {
  /** Also central differences on sampled parameters of every array */
  readonly differences?: boolean;
  readonly corrupt?: Corruption;
}
