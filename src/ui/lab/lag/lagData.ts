import type { Translate } from '../../app/context';
import type { DataColumn, DataTable } from '../../charts/export/dataTable';
import { formatCount, formatLog2 } from '../../charts/format';
import { log2At, type LagMap } from './lagCells';

/** Lags that the table on the page has a column for, as far as the sequence goes */
const LAGS = [0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];

function lossColumn(T: number, text: Translate): DataColumn {
  return {
    id: 's',
    head: text('table.lossAt'),
    values: Array.from({ length: T }, (_, i) => i + 1),
    format: formatCount,
  };
}

/** A row per loss and a column per lag, a few of them: ‖∂ℓ_s/∂h_{s−lag}‖. */
export function lagTable(map: LagMap, text: Translate): DataTable {
  const { T } = map;
  const lags = LAGS.filter((lag) => lag < T);
  return {
    rows: T,
    columns: [
      lossColumn(T, text),
      ...lags.map((lag) => ({
        id: `log2_lag_${lag}`,
        head: text('table.lag', { lag: formatCount(lag) }),
        values: Array.from({ length: T }, (_, i) =>
          i < lag ? NaN : log2At(map, { s: i + 1, k: i + 1 - lag }),
        ),
        format: formatLog2,
      })),
    ],
    notes: [],
  };
}

/** The whole map: a row per loss s, a column per step k. */
export function lagFile(map: LagMap, text: Translate): DataTable {
  const { T } = map;
  return {
    rows: T,
    columns: [
      lossColumn(T, text),
      ...Array.from({ length: T }, (_, k) => ({
        id: `k_${k + 1}`,
        values: Float64Array.from({ length: T }, (_, s) =>
          s < k ? NaN : map.log2Norm[s * T + k]!,
        ),
      })),
    ],
    notes: [
      'Row s, column k: log2 of the Frobenius norm over the batch of d(w_s l_s)/dh_k, -Infinity for an exact zero, empty for k > s and from an overflow on.',
    ],
  };
}
