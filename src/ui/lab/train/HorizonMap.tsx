import { useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { TrainingRun } from '../../../state/training/trainingRun';
import type { TrainingStore } from '../../../state/training/types';
import { useText } from '../../app/context';
import { ChartMenu } from '../../charts/export/ChartMenu';
import type { DataTable } from '../../charts/export/dataTable';
import { formatCount, formatLog2 } from '../../charts/format';
import { HeatCanvas } from '../../charts/HeatCanvas';
import { ColourBar } from '../../charts/ColourBar';
import { useSize } from '../../charts/useSize';
import { PanelPart } from '../Panel';
import { horizonRange, leftAfter, measuredSnapshots, snapshotAt, type Horizon } from './horizon';
import styles from './train.module.css';

const HEIGHT = 132;

interface HorizonMapProps {
  readonly run: TrainingRun;
  readonly training: TrainingStore;
  readonly horizon: Horizon;
}

/** Update × steps back: how the horizon grows or dies while it trains. */
export function HorizonMap({ run, training, horizon }: HorizonMapProps): ReactNode {
  const text = useText();
  const plotRef = useRef<HTMLDivElement>(null);
  const wholeRef = useRef<HTMLDivElement>(null);
  const { width } = useSize(plotRef);
  const [at, setAt] = useState<{ readonly step: number; readonly lag: number } | null>(null);
  const { map, from, to, lags } = horizon;
  const range = useMemo(() => horizonRange(horizon), [horizon]);
  const colours = useMemo(() => ({ kind: 'sequential' as const, ...range }), [range]);
  const scale = useMemo(() => ({ from: 1, to: map.columns, width }), [map, width]);
  const data = useMemo(() => ({ from: 1, to: map.columns }), [map]);

  const placeAt = (clientX: number, clientY: number) => {
    const box = plotRef.current!.getBoundingClientRect();
    const across = Math.min(1, Math.max(0, (clientX - box.left) / box.width));
    const up = Math.min(1, Math.max(0, (box.bottom - clientY) / box.height));
    return {
      step: from + Math.round(across * (to - from)),
      lag: Math.min(lags - 1, Math.floor(up * lags)),
    };
  };
  const show = (step: number) => training.show(run, snapshotAt(run, step)?.step ?? from);
  const onKeyDown = (event: KeyboardEvent) => {
    const { step, lag } = at ?? { step: to, lag: 0 };
    const across = Math.max(1, Math.round((to - from) / (event.shiftKey ? 8 : 64)));
    const up = Math.max(1, Math.round(lags / (event.shiftKey ? 4 : 32)));
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-across, 0],
      ArrowRight: [across, 0],
      ArrowUp: [0, up],
      ArrowDown: [0, -up],
    };
    const move = moves[event.key];
    if (event.key === 'Enter' && at !== null) show(at.step);
    else if (move !== undefined) {
      setAt({
        step: Math.min(to, Math.max(from, step + move[0])),
        lag: Math.min(lags - 1, Math.max(0, lag + move[1])),
      });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const snapshot = at === null ? null : snapshotAt(run, at.step);
  return (
    <PanelPart
      title={text('train.horizon')}
      action={
        <ChartMenu
          chart={{
            id: 'gradient-horizon',
            title: text('train.horizon'),
            panels: () =>
              wholeRef.current === null
                ? []
                : [
                    {
                      ...{ isFramed: false, isOnTimeAxis: false, legend: null },
                      title: text('train.horizon'),
                      element: wholeRef.current,
                    },
                  ],
            data: () => tableOf(run, text('train.update'), text('train.lag')),
          }}
        />
      }
    >
      <p className={styles.note}>{text('train.horizonAbout')}</p>
      <div ref={wholeRef} className={styles.horizon}>
        <span className={styles.lagName}>{text('train.lag')}</span>
        <span className={styles.lagMost}>{formatCount(lags - 1)}</span>
        <span className={styles.lagLeast}>0</span>
        <div
          ref={plotRef}
          className={styles.horizonPlot}
          style={{ height: `${HEIGHT}px` }}
          role="group"
          aria-roledescription="chart"
          aria-label={text('train.horizonLabel')}
          tabIndex={0}
          onPointerMove={(event) => setAt(placeAt(event.clientX, event.clientY))}
          onPointerLeave={() => setAt(null)}
          onBlur={() => setAt(null)}
          onClick={(event) => show(placeAt(event.clientX, event.clientY).step)}
          onKeyDown={onKeyDown}
        >
          <HeatCanvas
            map={map}
            data={data}
            scale={scale}
            height={HEIGHT}
            colours={colours}
            end={Infinity}
            label={text('train.horizonLabel')}
            hatchZeros
          />
          {at !== null && (
            <span
              className={styles.horizonMark}
              style={{
                left: `${(100 * (at.step - from)) / (to - from)}%`,
                bottom: `${(100 * (at.lag + 0.5)) / lags}%`,
              }}
            />
          )}
        </div>
        <span className={styles.updateFirst}>{formatCount(from)}</span>
        <span className={styles.updateName}>{text('train.update')}</span>
        <span className={styles.updateLast}>{formatCount(to)}</span>
        <div className={styles.horizonLegend}>
          <ColourBar {...range} />
        </div>
      </div>
      <p className={styles.reading} aria-live="off">
        {at === null || snapshot === null
          ? text('train.horizonHint')
          : text('train.horizonReading', {
              step: formatCount(snapshot.step),
              lag: formatCount(at.lag),
              value: formatLog2(leftAfter(snapshot, at.lag), 2),
            })}
      </p>
    </PanelPart>
  );
}

/** Every measured network and every bin of it. */
function tableOf(run: TrainingRun, updateName: string, lagName: string): DataTable {
  const rows = measuredSnapshots(run).flatMap(({ step, measurement }) =>
    Array.from(measurement!.log2ByLag, (log2, bin) => ({
      step,
      lag: Math.floor((bin * measurement!.lags) / measurement!.log2ByLag.length),
      log2,
    })),
  );
  return {
    rows: rows.length,
    columns: [
      { id: 'update', head: updateName, values: rows.map(({ step }) => step), format: formatCount },
      { id: 'lag', head: lagName, values: rows.map(({ lag }) => lag), format: formatCount },
      {
        id: 'log2_left',
        head: '×',
        values: rows.map(({ log2 }) => log2),
        format: (log2) => formatLog2(log2, 3),
      },
    ],
    notes: [
      'update: updates done; lag: steps back from where the error sets out',
      'log2_left: log2 of what is left of the error there, -Infinity for an exact zero',
    ],
  };
}
