import type { RefObject } from 'react';
import { useText } from '../app/context';
import { plainLegend } from '../charts/export/legends';
import type { ChartExport } from '../charts/export/sources';
import { useTheme } from '../theme/useTheme';
import { arrayData } from './arrayData';
import { largestMagnitude } from './HeatMap';
import { WEIGHT_LABELS, type WeightArray } from './weightArrays';

/** An array as it is taken along: its heat map with a legend, and its numbers. */
export function useArrayChart(array: WeightArray, box: RefObject<HTMLElement | null>): ChartExport {
  const text = useText();
  const theme = useTheme();
  const { key, rows, columns, values } = array;
  return {
    id: `weights-${key}`,
    title: WEIGHT_LABELS[key],
    panels: () => {
      const element = box.current?.querySelector('canvas') ?? null;
      if (element === null) return [];
      const most = largestMagnitude(values);
      const scale = { kind: 'diverging', low: -most, high: most } as const;
      return [
        {
          ...{ title: WEIGHT_LABELS[key], note: `${rows} × ${columns}`, element, zoom: 2 },
          ...{ isFramed: false, isOnTimeAxis: false },
          legend: most > 0 ? plainLegend(scale, theme) : null,
        },
      ];
    },
    data: () => arrayData(array, text),
  };
}
