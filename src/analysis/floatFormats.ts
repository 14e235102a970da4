/** log2 of where a binary float format stops holding numbers as they are. */
export interface FormatRange {
  /** Least normal number: below it digits are lost */
  readonly leastNormal: number;
  /** Least subnormal number: below it there is only zero */
  readonly leastSubnormal: number;
  /** Greatest finite number */
  readonly greatest: number;
}

export type FloatFormat = 'float16' | 'bfloat16' | 'float32';

export const FLOAT_FORMATS: Readonly<Record<FloatFormat, FormatRange>> = {
  float16: { leastNormal: -14, leastSubnormal: -24, greatest: Math.log2(65504) },
  bfloat16: { leastNormal: -126, leastSubnormal: -133, greatest: 127 + Math.log2(2 - 2 ** -7) },
  float32: { leastNormal: -126, leastSubnormal: -149, greatest: 127 + Math.log2(2 - 2 ** -23) },
};

/** What a format makes of a magnitude, rounding to the nearest, ties to even. */
export type Rounded =
  | { readonly kind: 'zero' | 'infinite' }
  /** `bits`: significant bits that are left of the `of` the format has for normal numbers */
  | {
      readonly kind: 'subnormal' | 'normal';
      readonly log2: number;
      readonly bits: number;
      readonly of: number;
    };

/** 2^log2 as the format would hold it; an exact zero (−Infinity) stays one. */
export function rounded(log2: number, range: FormatRange): Rounded {
  const precision = range.leastNormal - range.leastSubnormal + 1;
  if (roundsToZero(log2, range)) return { kind: 'zero' };
  if (roundsToInfinity(log2, range)) return { kind: 'infinite' };
  // The distance of two neighbours here, 2^unit
  const unit = Math.max(range.leastNormal, Math.floor(log2)) - precision + 1;
  const count = tiesToEven(2 ** (log2 - unit));
  const bits = Math.min(precision, Math.floor(Math.log2(count)) + 1);
  const kind = count < 2 ** (precision - 1) ? 'subnormal' : 'normal';
  return { kind, log2: unit + Math.log2(count), bits, of: precision };
}

function tiesToEven(value: number): number {
  const low = Math.floor(value);
  if (value - low !== 0.5) return Math.round(value);
  return low % 2 === 0 ? low : low + 1;
}

/** At most half of the least subnormal number; the tie goes to zero, the even one. */
function roundsToZero(log2: number, range: FormatRange): boolean {
  return log2 <= range.leastSubnormal - 1;
}

/** From half a unit in the last place above the greatest number on. */
function roundsToInfinity(log2: number, range: FormatRange): boolean {
  const precision = range.leastNormal - range.leastSubnormal + 1;
  const top = Math.ceil(range.greatest);
  return log2 >= top + Math.log2(1 - 2 ** -(precision + 1));
}

/** The first step, going back from the end, at which a format would have failed; null if never. */
export interface FormatExit {
  readonly subnormalAt: number | null;
  readonly zeroAt: number | null;
  readonly infiniteAt: number | null;
}

/** Looks at log2 norms back from step `to`; exact zeros and missing steps leave no format. */
export function leavesFormat(log2Norms: Float64Array, to: number, range: FormatRange): FormatExit {
  const latest = (leaves: (v: number) => boolean): number | null => {
    for (let t = to; t >= 1; t--) {
      const v = log2Norms[t - 1]!;
      if (Number.isFinite(v) && leaves(v)) return t;
    }
    return null;
  };
  return {
    subnormalAt: latest((v) => v < range.leastNormal),
    zeroAt: latest((v) => roundsToZero(v, range)),
    infiniteAt: latest((v) => roundsToInfinity(v, range)),
  };
}
