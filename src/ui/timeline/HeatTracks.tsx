import { memo, useMemo, type ReactNode } from 'react';
import type { Result } from '../../state/types';
import { useServices, useText } from '../app/context';
import type { ColourLegend } from '../charts/export/figure';
import { log2Legend, plainLegend } from '../charts/export/legends';
import { formatCount, formatNumber, powerOfTen } from '../charts/format';
import { HeatCanvas } from '../charts/HeatCanvas';
import {
  divergingScale,
  LEAST_RANGE,
  magnitudeScale,
  stateScale,
  type ColourScale,
} from '../charts/heatMap';
import { LOG10_OF_2 } from '../charts/series';
import { batchOf, type Readout } from './readout';
import { Track, type TrackChart } from './Track';
import { heatTrackFile, heatTrackTable, type HeatTrack } from './trackFiles';
import { wholeView } from './wholeView';
import type { ShownSteps } from './window';
import { plainMath } from '../charts/MathText';
import type { ResolvedTheme } from '../theme/colors';

export interface ResultTrackProps {
  readonly result: Result | null;
  readonly shown: ShownSteps;
  readonly end: number;
  readonly readoutAt: ((step: number) => Readout | null) | null;
}

/** The largest magnitude of a diverging scale; a scale of nothing but zeros has its least. */
function mostOf(colours: ColourScale | null): string {
  return formatNumber(colours === null || colours.high <= LEAST_RANGE ? 0 : colours.high, 2);
}

/** How a heat map is saved: its colours, the table at hand, and every value from the engine. */
function useHeatChart(
  track: HeatTrack,
  result: Result | null,
  legend: (theme: ResolvedTheme) => ColourLegend | null,
  note?: string,
): TrackChart | null {
  const text = useText();
  const services = useServices();
  if (result === null) return null;
  return {
    data: () => heatTrackTable(track, result, text),
    // By the time a file is made the result may be a newer one.
    wholeData: async () => {
      const latest = services.results.get() ?? result;
      return heatTrackFile(track, latest, await wholeView(latest, services));
    },
    legend,
    ...(note !== undefined && { note }),
  };
}

export const InputsTrack = memo(function InputsTrack(props: ResultTrackProps): ReactNode {
  const { result, shown } = props;
  const text = useText();
  const map = result?.view.inputs ?? null;
  const colours = useMemo(() => (map === null ? null : divergingScale(map)), [map]);
  const { I, T } = result?.summary.shape ?? { I: 0, T: 0 };
  const chart = useHeatChart('inputs', result, (theme) =>
    colours === null ? null : plainLegend(colours, theme),
  );
  return (
    <Track
      id="inputs"
      shown={shown}
      direction="forward"
      name={text('track.inputs')}
      caption={
        colours === null ? '' : text('track.inputsCaption', { count: I, most: mostOf(colours) })
      }
      figure={result === null ? '' : `${I} × ${formatCount(T)}`}
      chart={chart}
    >
      {(scale, height) =>
        result !== null && (
          <HeatCanvas
            map={result.view.inputs}
            data={result.view.window}
            scale={scale}
            height={height}
            colours={colours}
            end={Infinity}
            label={text('track.inputsAccessible', { rows: I, T })}
          />
        )
      }
    </Track>
  );
});

export const StatesTrack = memo(function StatesTrack(props: ResultTrackProps): ReactNode {
  const { result, shown, end, readoutAt } = props;
  const text = useText();
  const map = result?.view.states ?? null;
  const colours = useMemo(() => (map === null ? null : stateScale(map)), [map]);
  const H = result?.summary.shape.H ?? 0;
  const most = mostOf(colours);
  const isLog = colours?.linearTo !== undefined;
  const captionKey = isLog ? 'track.statesLogCaption' : 'track.statesCaption';
  const chart = useHeatChart('states', result, (theme) =>
    colours === null ? null : plainLegend(colours, theme),
  );
  return (
    <Track
      id="states"
      shown={shown}
      direction="forward"
      name={text('track.states')}
      caption={result === null ? '' : text(captionKey, { count: H, most })}
      figure={result === null ? '' : text('track.maximum', { value: most })}
      readout={(step) => readoutAt?.(step)?.states ?? null}
      readoutOf={batchOf(result, text)}
      chart={chart}
    >
      {(scale, height) =>
        result !== null && (
          <HeatCanvas
            map={result.view.states}
            data={result.view.window}
            scale={scale}
            height={height}
            colours={colours}
            end={end}
            label={text('track.statesAccessible', { rows: H, most })}
          />
        )
      }
    </Track>
  );
});

function decade(log2: number): string {
  return powerOfTen(Math.round(log2 * LOG10_OF_2));
}

export const ErrorsTrack = memo(function ErrorsTrack(props: ResultTrackProps): ReactNode {
  const { result, shown, end, readoutAt } = props;
  const text = useText();
  const map = result?.view.log2ErrorSignals ?? null;
  const colours = useMemo(() => (map === null ? null : magnitudeScale(map)), [map]);
  const low = colours === null ? '0' : decade(colours.low);
  const high = colours === null ? '0' : decade(colours.high);
  const name = text('track.errors');
  const hasZeros = map !== null && map.maximum.includes(-Infinity);
  const chart = useHeatChart(
    'errors',
    result,
    (theme) => (colours === null ? null : log2Legend(colours, theme)),
    hasZeros ? text('track.errorsHatched') : text('track.errorsCaption'),
  );
  return (
    <Track
      id="errors"
      shown={shown}
      direction="backward"
      name={name}
      caption={text('track.errorsCaption')}
      figure={result === null ? '' : colours === null ? '0' : `${low}…${high}`}
      readout={(step) => readoutAt?.(step)?.errors ?? null}
      readoutOf={batchOf(result, text)}
      chart={chart}
    >
      {(scale, height) =>
        result !== null && (
          <HeatCanvas
            map={result.view.log2ErrorSignals}
            data={result.view.window}
            scale={scale}
            height={height}
            colours={colours}
            end={end}
            hatchZeros
            label={
              colours === null
                ? `${plainMath(name)}: ${text('track.errorsZero')}`
                : text('track.errorsAccessible', { low, high })
            }
          />
        )
      }
    </Track>
  );
});
