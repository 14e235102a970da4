import { useMemo, useRef, useState, type ReactNode } from 'react';
import { linksOf } from '../../../model/links';
import type { Problem } from '../../../model/problem';
import type { Result } from '../../../state/types';
import { useText, type Translate } from '../../app/context';
import { ChartMenu } from '../../charts/export/ChartMenu';
import type { ChartExport } from '../../charts/export/sources';
import { formatCount, formatLog2 } from '../../charts/format';
import { MathText } from '../../charts/MathText';
import { PanelPart } from '../Panel';
import { firstCell, rangeOf, stateOf, type LagCell, type LagMap } from './lagCells';
import { LagCurves } from './LagCurves';
import { lagFile, lagTable } from './lagData';
import { LagLegend } from './LagLegend';
import { LagPathPart } from './LagPathPart';
import { LagTriangle } from './LagTriangle';
import lab from '../lab.module.css';

/** Steps before which nothing passes: cuts, by hand or by the scheme, dropped links, resets. */
function stepsCutOff(problem: Problem): number[] {
  return Array.from(linksOf(problem), (link, i) => (link === 0 ? i + 1 : 0)).filter((t) => t > 0);
}

interface LagViewProps {
  readonly log2Norm: Float64Array;
  /** The result that the map belongs to */
  readonly about: Result;
  readonly isCurrent: boolean;
}

export function LagView({ log2Norm, about, isCurrent }: LagViewProps): ReactNode {
  const text = useText();
  const { problem, summary } = about;
  const map = useMemo<LagMap>(
    () => ({
      log2Norm,
      T: problem.T,
      lossWeights: problem.lossWeights,
      cuts: stepsCutOff(problem),
      overflowAt: summary.overflowAt,
    }),
    [log2Norm, problem, summary],
  );
  const range = useMemo(() => rangeOf(log2Norm), [log2Norm]);
  const [moved, setMoved] = useState<LagCell | null>(null);
  const [pinned, setPinned] = useState<LagCell | null>(null);
  const pin = pinned === null ? null : inside(pinned, map.T);
  const cell = moved === null ? (pin ?? firstCell(map)) : inside(moved, map.T);
  const reading = readingOf(map, cell, text);
  const mapRef = useRef<HTMLDivElement>(null);
  const legendRef = useRef<HTMLDivElement>(null);
  const chart: ChartExport = {
    id: 'lag-map',
    title: text('lag.title'),
    panels: () => {
      if (mapRef.current === null || legendRef.current === null) return [];
      const panel = { isFramed: false, isOnTimeAxis: false, legend: null };
      return [
        { ...panel, title: text('lag.title'), note: text('lag.mapNote'), element: mapRef.current },
        { ...panel, title: '', element: legendRef.current },
      ];
    },
    data: () => lagTable(map, text),
    wholeData: () => Promise.resolve(lagFile(map, text)),
  };
  return (
    <>
      <PanelPart title={text('lag.map')} action={<ChartMenu chart={chart} />}>
        <div ref={mapRef}>
          <LagTriangle
            map={map}
            range={range}
            cell={cell}
            isMoved={moved !== null}
            pinned={pin}
            reading={reading}
            onMove={setMoved}
            onPin={setPinned}
          />
        </div>
        <p className={lab.reading}>
          <MathText text={reading} />
        </p>
        <div ref={legendRef}>
          <LagLegend map={map} range={range} />
        </div>
      </PanelPart>
      <LagPathPart
        map={map}
        cell={pin}
        batchEntry={about.step.batchEntry}
        batch={problem.B}
        H={problem.H}
        isCurrent={isCurrent}
        onUnpin={() => setPinned(null)}
      />
      <LagCurves log2Norm={log2Norm} T={map.T} />
    </>
  );
}

/** The same cell in a shorter sequence. */
function inside({ s, k }: LagCell, T: number): LagCell {
  return { s: Math.min(s, T), k: Math.min(k, s, T) };
}

function readingOf(map: LagMap, cell: LagCell, text: Translate): string {
  const state = stateOf(map, cell);
  const params = { s: formatCount(cell.s), k: formatCount(cell.k) };
  switch (state.kind) {
    case 'value':
      return text('lag.reading', { ...params, value: formatLog2(state.log2, 2) });
    case 'cut':
      return text('lag.readingCut', { ...params, cut: formatCount(state.cut) });
    case 'overflow':
      return text('lag.readingOverflow', {
        ...params,
        step: formatCount(map.overflowAt ?? cell.s),
      });
    case 'zero':
      return text('lag.readingZero', params);
    case 'noLoss':
      return text('lag.readingNoLoss', params);
  }
}
