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
    zeroAt: latest((v) => v < range.leastSubnormal),
    infiniteAt: latest((v) => v > range.greatest),
  };
}
