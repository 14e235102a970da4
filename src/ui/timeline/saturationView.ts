import type { HeatMap } from '../../engine/interface';
import type { Histogram, SaturationView } from '../../model/analyses';
import { formatNumber } from '../charts/format';
import type { ColourScale } from '../charts/heatMap';

/** Square roots of shares: a unit among many still shows beside a column that holds them all. */
export const SHARE_COLOURS: ColourScale = { kind: 'sequential', low: 0, high: 1 };

/**
 * A histogram as a heat map: the greatest values in the first row, the square root of each share as
 * the cell's value; NaN, which is not drawn, where there is nothing.
 */
export function heatMapOf({ bins, columns, shares }: Histogram): HeatMap {
  const cells = new Float32Array(bins * columns);
  for (let b = 0; b < bins; b++) {
    for (let c = 0; c < columns; c++) {
      const share = shares[(bins - 1 - b) * columns + c]!;
      cells[b * columns + c] = share > 0 ? Math.sqrt(share) : NaN;
    }
  }
  return { rows: bins, columns, minimum: cells, maximum: cells };
}

/** A limit of a histogram as text: "−6", "−0.2", "1.1". */
export function formatLimit(value: number): string {
  return formatNumber(value, Number(value.toPrecision(1)) === value ? 1 : 2);
}

/** Mean over steps from…to (1-based), as far as there are values; NaN without any. */
export function meanShare(shares: Float64Array, from: number, to: number): number {
  const part = shares.subarray(from - 1, to);
  return part.reduce((sum, share) => sum + share, 0) / part.length;
}

/** Parts of all units, 0…1 */
export interface UnitShares {
  readonly saturated: number;
  readonly dead: number;
}

export function meanShares(view: SaturationView, from: number, to: number): UnitShares {
  return {
    saturated: meanShare(view.saturated, from, to),
    dead: meanShare(view.dead, from, to),
  };
}

/** A share with a word after it on the same line: whole percents, 0 and 100 % only where exact. */
export function keyShare(share: number): string {
  if (Number.isNaN(share)) return '–';
  const percent = 100 * share;
  if (percent > 0 && percent < 1) return '<1 %';
  if (percent > 99 && percent < 100) return '>99 %';
  return `${Math.round(percent)} %`;
}

/** Shares of one step; null from the first one without a state on. */
export function sharesAt({ saturated, dead }: SaturationView, step: number): UnitShares | null {
  const share = saturated[step - 1];
  return share === undefined ? null : { saturated: share, dead: dead[step - 1]! };
}
