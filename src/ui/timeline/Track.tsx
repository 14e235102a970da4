import {
  useEffect,
  useMemo,
  useRef,
  type CSSProperties,
  type ReactNode,
  type RefObject,
} from 'react';
import type { TrackId } from '../../model/configuration';
import { useAppState } from '../app/context';
import { ChartMenu } from '../charts/export/ChartMenu';
import type { DataTable } from '../charts/export/dataTable';
import type { ColourLegend } from '../charts/export/figure';
import type { TimeScale } from '../charts/timeScale';
import type { LegendKey } from '../charts/Swatch';
import { useSize } from '../charts/useSize';
import type { ResolvedTheme } from '../theme/colors';
import { useTheme } from '../theme/useTheme';
import { useHover } from './hover';
import { usePictures, useRowPicture } from './pictures';
import { ResizeHandle } from './ResizeHandle';
import { useLayoutActions } from './trackLayout';
import { TrackName } from './TrackName';
import type { ShownSteps } from './window';
import styles from './Track.module.css';

interface TrackProps {
  readonly id: TrackId;
  readonly name: string;
  readonly caption: string;
  /** What is drawn how, under the name, where it covers nothing */
  readonly legend?: readonly LegendKey[];
  /** The key number on the right */
  readonly figure: ReactNode;
  /** What can be chosen for this track, under its caption */
  readonly control?: ReactNode;
  /** Which half of the sweep uncovers it; the graph draws its own. */
  readonly direction?: 'forward' | 'backward';
  /** Text of the hovered step in place of the key number */
  readonly readout?: (step: number) => string | null;
  /** What that text is of, on a line of its own */
  readonly readoutOf?: string | undefined;
  readonly shown: ShownSteps;
  /** What is saved and listed; null while there is nothing */
  readonly chart: TrackChart | null;
  /** The plot; the scale keeps its identity while the axis stays. */
  readonly children: (scale: TimeScale, height: number) => ReactNode;
}

/** A track as it can be taken along. */
export interface TrackChart {
  /** The numbers at hand, for the axis as it is drawn */
  readonly data: (scale: TimeScale, height: number) => DataTable | null;
  /** All of them, where the page has fewer; for files */
  readonly wholeData?: () => Promise<DataTable | null>;
  /** What the colours mean */
  readonly legend?: (theme: ResolvedTheme) => ColourLegend | null;
  /** Beside the picture's title, in place of the caption */
  readonly note?: string;
  /** Named below a picture's title: what the drawing itself does not name */
  readonly keys?: readonly LegendKey[];
}

/** One row: name, plot on the shared axis, key number. */
export function Track(props: TrackProps): ReactNode {
  const {
    id,
    name,
    caption,
    legend = NO_KEYS,
    figure,
    direction,
    readout,
    readoutOf,
    shown,
    chart,
    children,
  } = props;
  const folded = useAppState((state) => state.configuration.view.folded.includes(id));
  const set = useAppState((state) => state.configuration.view.heights[id]);
  const stageRef = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(stageRef);
  const { from, to } = shown;
  const scale = useMemo(() => ({ from, to, width }), [from, to, width]);

  const layoutActions = useLayoutActions(id);
  const theme = useTheme();
  const pictures = usePictures();
  const figureRef = useRef<HTMLSpanElement>(null);
  useRowPicture(id, () => {
    const element = stageRef.current;
    if (folded || chart === null || element === null) return null;
    return {
      title: name,
      note: chart.note ?? caption,
      keys: [...legend, ...(chart.keys ?? [])],
      aside: figureRef.current?.textContent ?? '',
      element,
      over: id === 'graph' ? null : pictures.overlay,
      isFramed: true,
      isOnTimeAxis: id !== 'graph',
      legend: chart.legend?.(theme) ?? null,
    };
  });

  return (
    <section
      className={styles.track}
      data-track={id}
      data-folded={folded || undefined}
      data-sized={(!folded && set !== undefined) || undefined}
      style={{ '--plot-height': `${set ?? 0}px` } as CSSProperties}
    >
      <TrackName {...{ id, name, caption, legend, folded }} control={props.control} />
      {!folded && <ResizeHandle id={id} name={name} stageRef={stageRef} height={set ?? height} />}
      <div ref={stageRef} className={styles.stage} data-direction={direction}>
        {!folded && width > 0 && height > 0 && children(scale, height)}
        {direction !== undefined && <div className={styles.veil} data-direction={direction} />}
      </div>
      <div className={styles.figure}>
        {!folded && (
          <div className={styles.numbers}>
            <Figure
              readout={readout}
              readoutOf={readoutOf}
              plainRef={figureRef}
              key={readout === undefined ? 'plain' : 'hover'}
            >
              {figure}
            </Figure>
          </div>
        )}
        {!folded && chart !== null && (
          <ChartMenu
            className={styles.menu}
            more={layoutActions}
            chart={{
              id,
              title: name,
              ...(id !== 'graph' && { steps: shown }),
              panels: () => pictures.one(id),
              data: () => chart.data(scale, height),
              ...(chart.wholeData !== undefined && { wholeData: chart.wholeData }),
            }}
          />
        )}
      </div>
    </section>
  );
}

const NO_KEYS: readonly LegendKey[] = [];

function show(element: HTMLElement | null, isShown: boolean): void {
  if (element !== null && element.hidden === isShown) element.hidden = !isShown;
}

/** The key number, which gives way to the hovered step's own without a render. */
function Figure(props: {
  readonly readout: ((step: number) => string | null) | undefined;
  readonly readoutOf: string | undefined;
  readonly plainRef: RefObject<HTMLSpanElement | null>;
  readonly children: ReactNode;
}): ReactNode {
  const { readout, readoutOf, plainRef, children } = props;
  const hoverRef = useRef<HTMLSpanElement>(null);
  const ofRef = useRef<HTMLSpanElement>(null);
  const hover = useHover();
  useEffect(
    () =>
      hover.subscribe((step) => {
        const words = (step === null ? null : readout?.(step)) ?? '';
        // With every result, and mostly nothing is pointed at: what stays is not touched.
        const hovered = hoverRef.current;
        if (hovered !== null && hovered.textContent !== words) hovered.textContent = words;
        show(ofRef.current, words !== '');
        show(plainRef.current, words === '');
      }),
    [hover, readout, plainRef],
  );
  return (
    <>
      <span ref={plainRef}>{children}</span>
      <span ref={hoverRef} className={styles.readout} aria-hidden="true" />
      {readoutOf !== undefined && (
        <span ref={ofRef} className={styles.readoutOf} aria-hidden="true" hidden>
          {readoutOf}
        </span>
      )}
    </>
  );
}
