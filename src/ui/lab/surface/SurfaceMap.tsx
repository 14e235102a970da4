import {
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from 'react';
import type { SurfaceGrid } from '../../../model/surface';
import { useText } from '../../app/context';
import { setCanvasPainter } from '../../charts/export/canvasPainters';
import { plainMath } from '../../charts/MathText';
import { useSize } from '../../charts/useSize';
import { packRgba, sequential } from '../../theme/colors';
import { useTheme } from '../../theme/useTheme';
import { Patterns } from '../lag/LagOverlay';
import {
  movedPlace,
  placeAt,
  surfaceShades,
  UNITS,
  type LossRange,
  type Place,
} from './surfaceGeometry';
import { SurfaceFrame, SurfaceLines, SurfaceMarks, type MapPath } from './SurfaceOverlay';
import type { DrawnSurface } from './useSurface';
import styles from './surface.module.css';

/** Room for the axes, CSS pixels */
const LEFT = 60;
const BOTTOM = 38;
const RIGHT = 6;
/** Lines of the grid that a key with Shift passes */
const LEAP = 8;

interface SurfaceMapProps {
  readonly drawn: DrawnSurface;
  readonly range: LossRange | null;
  /** What is read; by the pointer or by keys while `isMoved` */
  readonly place: Place;
  readonly isMoved: boolean;
  readonly picked: Place | null;
  readonly paths: readonly MapPath[];
  /** What the place says, for screen readers */
  readonly reading: string;
  /** Null when the pointer has left */
  readonly onMove: (place: Place | null) => void;
  readonly onPick: (place: Place | null) => void;
  readonly onUse: (place: Place) => void;
  readonly onZoom: (isIn: boolean) => void;
}

/** The loss as a map; pointer and keys read it, a click picks a point, Enter uses its weights. */
export function SurfaceMap(props: SurfaceMapProps): ReactNode {
  const { drawn, range, place, isMoved, picked, paths, reading, onMove, onPick, onUse, onZoom } =
    props;
  const { grid, axes } = drawn;
  const text = useText();
  const id = useId();
  const boxRef = useRef<HTMLDivElement>(null);
  const plotRef = useRef<HTMLDivElement>(null);
  // A finger has left by the time of its click, and a click's own coordinates are rounded.
  const pointed = useRef<Place | null>(null);
  const { width } = useSize(boxRef);
  const size = Math.max(0, width - LEFT - RIGHT);
  const overflows = useMemo(() => grid.losses.includes(Infinity), [grid]);

  const point = (event: PointerEvent) => {
    const box = plotRef.current!.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / size, (event.clientY - box.top) / size];
    pointed.current = placeAt(x, y, grid.size);
    onMove(pointed.current);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moved = movedPlace(place, event.key, event.shiftKey ? LEAP : 1, grid.size);
    if (moved !== null) onMove(moved);
    else if (event.key === ' ') onPick(place);
    else if (event.key === 'Enter') onUse(place);
    else if (event.key === '+' || event.key === '-') onZoom(event.key === '+');
    else if (event.key === 'Escape' && picked !== null) onPick(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={boxRef} className={styles.box} style={{ height: `${size + BOTTOM}px` }}>
      {size > 0 && (
        <>
          <SurfaceFrame axes={axes} size={size} left={LEFT} bottom={BOTTOM} />
          <div
            ref={plotRef}
            className={styles.plot}
            style={{ left: `${LEFT}px`, width: `${size}px`, height: `${size}px` }}
            role="slider"
            tabIndex={0}
            aria-label={text('surface.mapLabel')}
            aria-valuemin={0}
            aria-valuemax={UNITS}
            aria-valuenow={place.i}
            aria-valuetext={plainMath(reading)}
            onPointerDown={point}
            onPointerMove={point}
            onPointerLeave={() => onMove(null)}
            onBlur={() => onMove(null)}
            onClick={(event) => onPick(event.detail === 0 ? place : (pointed.current ?? place))}
            onKeyDown={onKeyDown}
          >
            {overflows && (
              <svg className={styles.layer} aria-hidden="true">
                <Patterns id={id} />
                <rect width="100%" height="100%" fill={`url(#${id}overflow)`} />
              </svg>
            )}
            <SurfaceCanvas grid={grid} range={range} size={size} />
            {range !== null && <SurfaceLines grid={grid} range={range} size={size} />}
            <SurfaceMarks
              {...{ axes, size, paths, picked }}
              place={isMoved ? place : null}
              hereLabel={text('surface.here')}
            />
          </div>
        </>
      )}
    </div>
  );
}

/** The losses, exact to the device pixel; where the pass overflows, the ground shows. */
function SurfaceCanvas(props: {
  readonly grid: SurfaceGrid;
  readonly range: LossRange | null;
  readonly size: number;
}): ReactNode {
  const { grid, range, size } = props;
  const theme = useTheme();
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const canvas = ref.current;
    if (canvas === null) return;
    const draw = (target: HTMLCanvasElement, ratio: number): void => {
      const pixels = Math.max(1, Math.round(size * ratio));
      target.width = target.height = pixels;
      const context = target.getContext('2d');
      if (context === null) return;
      const image = new ImageData(pixels, pixels);
      const words = new Uint32Array(image.data.buffer);
      surfaceShades(grid, range ?? { low: 0, high: 0 }, pixels).forEach((shade, i) => {
        if (!Number.isNaN(shade)) words[i] = packRgba(sequential(shade, theme));
      });
      context.putImageData(image, 0, 0);
    };
    draw(canvas, window.devicePixelRatio);
    setCanvasPainter(canvas, draw);
  }, [grid, range, size, theme]);
  return <canvas ref={ref} className={styles.canvas} aria-hidden="true" />;
}
