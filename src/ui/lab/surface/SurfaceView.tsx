import { useMemo, useRef, useState, type ReactNode } from 'react';
import { project } from '../../../analysis/plane';
import { arraysOf } from '../../../model/parameterArrays';
import { PARAMETER_NAMES } from '../../../model/optimizer';
import type { Parameters } from '../../../model/problem';
import { pointOnPlane } from '../../../model/surface';
import { planOf } from '../../../model/trainingSettings';
import type { Result } from '../../../state/types';
import { Button } from '../../app/Button';
import { useAppState, useAppStore, useText } from '../../app/context';
import { useErrorText } from '../../app/useErrorText';
import { ChartMenu } from '../../charts/export/ChartMenu';
import type { ChartExport } from '../../charts/export/sources';
import { formatNumber } from '../../charts/format';
import { MathText } from '../../charts/MathText';
import buttons from '../../theme/buttons.module.css';
import { PanelPart } from '../Panel';
import { PathsPart } from './PathsPart';
import { isSameSurface, type SurfaceAxes } from './surfaceAxes';
import { SurfaceControls } from './SurfaceControls';
import { surfaceFile, surfaceTable } from './surfaceData';
import {
  centrePlace,
  coordinates,
  lossAt,
  rangeOf,
  snapped,
  UNITS,
  zoomed,
  type Place,
} from './surfaceGeometry';
import { SurfaceLegend } from './SurfaceLegend';
import { SurfaceMap } from './SurfaceMap';
import type { MapPath } from './SurfaceOverlay';
import { changeSurface, useSurfaceSettings, type Way } from './surfaceSettings';
import { finestGrid } from './surfaceSize';
import { readingText } from './surfaceText';
import { useAxes, useRunPath } from './useAxes';
import { usePaths, type Paths } from './usePaths';
import { useSurface, type DrawnSurface, type Surface } from './useSurface';
import lab from '../lab.module.css';
import styles from './surface.module.css';

export function SurfaceView({ result }: { readonly result: Result }): ReactNode {
  const text = useText();
  const { problem, summary } = result;
  const path = useRunPath();
  const found = useAxes(result, path);
  const axes = typeof found === 'string' ? null : found;
  // An emulated GPU leaves surfaces to the CPU (EngineClient.surface).
  const engine = summary.adapter.software ? 'cpu' : 'gpu';
  const surface = useSurface(problem, axes, finestGrid(problem, engine));
  const paths = usePaths();
  const store = useAppStore();
  const settings = useSurfaceSettings();
  // A picked point is one of these axes.
  const key = JSON.stringify([settings.plane, settings.x, settings.y]);
  const [pick, setPick] = useState<{ readonly place: Place | null; readonly of: string } | null>(
    null,
  );
  const picked = pick?.of === key ? pick.place : null;
  const setPicked = (place: Place | null) => setPick({ place, of: key });
  const training = useAppState((state) => state.configuration.training);

  const run = (way: Way) => {
    if (surface.drawn === null) return;
    const drawn = surface.drawn;
    const { truncation } = store.getState().configuration;
    paths.run({
      problem: drawn.problem,
      axes: drawn.axes,
      picked: picked && coordinates(drawn.axes, picked),
      ...{ way, updates: settings.updates, clipNorm: settings.clipNorm },
      plan: planOf(training, truncation),
      engine: summary.engine,
    });
  };
  return (
    <>
      <SurfaceControls problem={problem} axes={axes} hasRun={path.length > 1} />
      {typeof found === 'string' && <p className={styles.missing}>{text(`surface.no.${found}`)}</p>}
      {surface.drawn !== null && (
        <DrawnMap
          drawn={surface.drawn}
          isCurrent={surface.isCurrent}
          paths={paths}
          runPath={path}
          picked={picked}
          onPick={setPicked}
        />
      )}
      <SurfaceProgress surface={surface} />
      {surface.drawn !== null && (
        <PathsPart
          paths={paths}
          problem={surface.drawn.problem}
          lr={training.optimizer.lr}
          fromPicked={picked !== null}
          isCurrent={surface.isCurrent}
          belong={paths.of !== null && isSameSurface(paths.of, surface.drawn)}
          onRun={run}
        />
      )}
    </>
  );
}

function SurfaceProgress({ surface }: { readonly surface: Surface }): ReactNode {
  const text = useText();
  const errorText = useErrorText();
  const { progress, error, cancel, again } = surface;
  if (error !== null) {
    return (
      <p className={lab.failure}>
        {error.code === 'aborted' ? text('lab.cancelled') : errorText(error.code)}{' '}
        <button type="button" className={buttons.small} onClick={again}>
          {text('lab.again')}
        </button>
      </p>
    );
  }
  // Its place stays, so that nothing jumps when a grid is done.
  return (
    <p className={`${lab.progress} ${styles.progress}`}>
      {progress !== null && progress > 0 && (
        <>
          <progress value={progress} max={1} aria-label={text('lab.computing')} />
          <span className={lab.percent}>{formatNumber(Math.round(100 * progress), 3)} %</span>
          <button type="button" className={buttons.small} onClick={cancel}>
            {text('lab.cancel')}
          </button>
        </>
      )}
    </p>
  );
}

/** The part of its extent that a map keeps when it zooms in */
const ZOOM_IN = 0.5;

interface DrawnMapProps {
  readonly drawn: DrawnSurface;
  readonly isCurrent: boolean;
  readonly paths: Paths;
  readonly runPath: readonly Parameters[];
  readonly picked: Place | null;
  readonly onPick: (place: Place | null) => void;
}

function DrawnMap(props: DrawnMapProps): ReactNode {
  const { drawn, isCurrent, paths, runPath, picked, onPick } = props;
  const { grid, axes } = drawn;
  const text = useText();
  const store = useAppStore();
  const settings = useSurfaceSettings();
  const range = useMemo(() => rangeOf(grid), [grid]);
  const [moved, setMoved] = useState<Place | null>(null);
  const place = snapped(moved ?? picked ?? centrePlace(axes, grid.size), grid.size);
  const reading = readingText(axes, coordinates(axes, place), lossAt(grid, place), text);
  const mapRef = useRef<HTMLDivElement>(null);
  const legendRef = useRef<HTMLDivElement>(null);
  const mapPaths = useMapPaths(drawn, paths, runPath);
  const overflows = useMemo(() => grid.losses.includes(Infinity), [grid]);

  const use = (chosen: Place) => {
    const [a, b] = coordinates(axes, chosen);
    keepRanges(axes);
    const weights = pointOnPlane(axes.origin, axes.plane, a, b);
    store.getState().change({ arrays: arraysOf(weights), edits: [] });
    onPick(null);
  };
  const zoom = (factor: number) => {
    const middle = { i: UNITS / 2, j: UNITS / 2 };
    const [a, b] = coordinates(axes, picked ?? middle);
    if (picked !== null) onPick(middle);
    changeSurface({
      x: { ...settings.x, range: zoomed(axes.x, axes.x.offset + a, factor) },
      y: { ...settings.y, range: zoomed(axes.y, axes.y.offset + b, factor) },
    });
  };
  const recentre = () =>
    changeSurface({ x: { ...settings.x, range: null }, y: { ...settings.y, range: null } });
  const chart: ChartExport = {
    id: 'loss-surface',
    title: text('surface.title'),
    panels: () => {
      if (mapRef.current === null || legendRef.current === null) return [];
      const panel = { isFramed: false, isOnTimeAxis: false, legend: null };
      const title = text('surface.title');
      return [
        { ...panel, title, note: text('surface.mapNote'), element: mapRef.current },
        { ...panel, title: '', element: legendRef.current },
      ];
    },
    data: () => surfaceTable(drawn, text),
    wholeData: () => Promise.resolve(surfaceFile(drawn)),
  };
  return (
    <PanelPart title={text('surface.map')} action={<ChartMenu chart={chart} />}>
      <div className={lab.answered} data-stale={!isCurrent}>
        <div ref={mapRef}>
          <SurfaceMap
            {...{ drawn, range, place, picked, reading, onPick }}
            isMoved={moved !== null}
            paths={mapPaths}
            onMove={setMoved}
            onUse={use}
            onZoom={(isIn) => settings.plane === 'axes' && zoom(isIn ? ZOOM_IN : 1 / ZOOM_IN)}
          />
        </div>
        <p className={lab.reading}>
          <MathText text={reading} />
        </p>
        <p className={styles.buttons}>
          <Button
            className={buttons.small}
            unavailable={picked === null}
            onClick={() => picked !== null && use(picked)}
          >
            {text('surface.use')}
          </Button>
          {settings.plane === 'axes' && (
            <>
              <button type="button" className={buttons.small} onClick={() => zoom(ZOOM_IN)}>
                {text('surface.zoomIn')}
              </button>
              <button type="button" className={buttons.small} onClick={() => zoom(1 / ZOOM_IN)}>
                {text('surface.zoomOut')}
              </button>
              <button type="button" className={buttons.small} onClick={recentre}>
                {text('surface.recentre')}
              </button>
            </>
          )}
        </p>
        <p className={lab.note}>{text('surface.pickHint')}</p>
        <div ref={legendRef}>
          <SurfaceLegend range={range} overflows={overflows} paths={mapPaths} />
        </div>
      </div>
    </PanelPart>
  );
}

/** The map stays where it is when one of its points becomes the present weights. */
function keepRanges({ x, y }: SurfaceAxes): void {
  const settings = useSurfaceSettings.getState();
  if (x.choice?.kind === 'entry') {
    changeSurface({ x: { ...settings.x, range: [x.from, x.to] } });
  }
  if (y.choice?.kind === 'entry') {
    changeSurface({ y: { ...settings.y, range: [y.from, y.to] } });
  }
}

/** The ways that lie on the drawn map, and the recorded run's shadow on it. */
function useMapPaths(
  drawn: DrawnSurface,
  { paths, of }: Paths,
  runPath: readonly Parameters[],
): MapPath[] {
  const text = useText();
  return useMemo(() => {
    const { axes, problem } = drawn;
    const fits = runPath.filter((weights) =>
      PARAMETER_NAMES.every((name) => weights[name].length === problem.parameters[name].length),
    );
    const run = fits.map((weights) => {
      const { a, b } = project(axes.plane, axes.origin, weights);
      return { x: axes.x.offset + a, y: axes.y.offset + b };
    });
    const own = of !== null && isSameSurface(of, drawn) ? paths : [];
    return [
      ...(run.length > 1
        ? [{ look: 'run' as const, label: text('surface.path.run'), points: run, overflows: false }]
        : []),
      ...own.map(({ kind, points, losses }) => ({
        look: kind,
        label: text(`surface.path.${kind}`),
        points,
        overflows: losses[losses.length - 1] === Infinity,
      })),
    ];
  }, [drawn, of, paths, runPath, text]);
}
