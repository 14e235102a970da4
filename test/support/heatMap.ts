import type { HeatMap } from '../../src/engine/interface';

/** Cells row by row; their greatest values where these are not the least ones, too. */
export function heatMap(
  rows: number,
  columns: number,
  values: number[],
  maximum = values,
): HeatMap {
  return {
    rows,
    columns,
    minimum: Float32Array.from(values),
    maximum: Float32Array.from(maximum),
  };
}
