import { plainValues, type DataColumn, type DataTable } from './export/dataTable';
import type { AxisKind, LineSeries } from './lineAxis';
import { plainMath } from './MathText';
import { LOG10_OF_2 } from './series';

interface LineDataParts {
  readonly xs: readonly number[];
  /** Its column in a file, in English */
  readonly xId: string;
  readonly xName: string;
  readonly yName: string;
  readonly series: readonly LineSeries[];
  readonly yAxis: AxisKind;
  readonly format: (value: number) => string;
  readonly formatX: (x: number) => string;
}

/** The numbers of a line chart: x and every series, logarithms beside the plain numbers. */
export function lineData(parts: LineDataParts): DataTable {
  const { xs, xId, xName, yName, series, yAxis, format, formatX } = parts;
  const names = series.map(({ id, name }) => id ?? plainMath(name));
  return {
    rows: xs.length,
    columns: [
      { id: xId, head: xName, values: xs, format: formatX },
      ...series.flatMap(({ name, values }, i) =>
        seriesColumns(names[i]!, values, yAxis, { head: name, format }),
      ),
    ],
    notes: [
      `${xId}: ${plainMath(xName)}; y: ${plainMath(yName)}`,
      ...series.map(({ name }, i) => `${names[i]}: ${plainMath(name)}`),
      ...(yAxis === 'linear'
        ? []
        : [
            `${yAxis}_…: logarithm, -Infinity for an exact zero. The column without it is empty where float64 cannot hold the number.`,
          ]),
    ],
  };
}

function seriesColumns(
  id: string,
  values: readonly (number | null)[],
  yAxis: AxisKind,
  shown: Pick<DataColumn, 'head' | 'format'>,
): DataColumn[] {
  switch (yAxis) {
    case 'linear':
      return [{ id, values, ...shown }];
    case 'log10':
      return [
        { id: `log10_${id}`, values, ...shown },
        { id, values: plainValues(values.map((v) => (v === null ? null : v / LOG10_OF_2))) },
      ];
  }
}
