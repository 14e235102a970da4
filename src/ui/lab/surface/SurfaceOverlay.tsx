import { memo, useMemo, type ReactNode } from 'react';
import { contours } from '../../../analysis/contours';
import type { SurfaceGrid } from '../../../model/surface';
import { useText } from '../../app/context';
import { linearTicks, tickLabel } from '../../charts/lineAxis';
import { SvgMath } from '../../charts/MathText';
import type { Axis, SurfaceAxes } from './surfaceAxes';
import { axisTitle } from './surfaceText';
import { levelsOf, UNITS, type LossRange, type Place } from './surfaceGeometry';
import square from '../../charts/SquareMap.module.css';
import styles from './surface.module.css';

/** A line over the map: how it is told apart, and where it goes, as the axes count. */
export interface MapPath {
  readonly look: 'unclipped' | 'clipped' | 'run';
  readonly label: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** It ended where the pass overflowed */
  readonly overflows: boolean;
}

/** Pixels between ticks, at least */
const TICK_GAP = 44;

/** Edge, ticks and names of the axes. */
export const SurfaceFrame = memo(function SurfaceFrame(props: {
  readonly axes: SurfaceAxes;
  readonly size: number;
  readonly left: number;
  readonly bottom: number;
}): ReactNode {
  const { axes, size, left, bottom } = props;
  const text = useText();
  const ticksOf = ({ from, to }: Axis) =>
    linearTicks([from, to], size / TICK_GAP, false).map((value) => ({
      label: tickLabel(value, 'linear', to - from),
      at: ((value - from) / (to - from)) * size,
    }));
  return (
    <svg className={square.layer} aria-hidden="true">
      <path className={square.axis} d={`M${left - 0.5} 0V${size + 0.5}H${size + left}`} />
      {ticksOf(axes.y).map(({ label, at }) => (
        <g key={label}>
          <path className={square.axis} d={`M${left - 4} ${size - at}H${left}`} />
          <text
            className={square.number}
            x={left - 6}
            y={Math.min(size - 1, Math.max(10, size - at + 4))}
            textAnchor="end"
          >
            {label}
          </text>
        </g>
      ))}
      {ticksOf(axes.x).map(({ label, at }) => (
        <g key={label}>
          <path className={square.axis} d={`M${left + at} ${size}V${size + 4}`} />
          <text
            className={square.number}
            x={left + Math.min(size - 10, at)}
            y={size + 16}
            textAnchor="middle"
          >
            {label}
          </text>
        </g>
      ))}
      <text className={square.name} x={left + size / 2} y={size + bottom - 5} textAnchor="middle">
        <SvgMath text={axisTitle(axes.x, 'x', text)} />
      </text>
      <text
        className={square.name}
        x={0}
        y={0}
        textAnchor="middle"
        transform={`translate(11 ${size / 2}) rotate(-90)`}
      >
        <SvgMath text={axisTitle(axes.y, 'y', text)} />
      </text>
    </svg>
  );
});

/** Lines of equal loss. */
export const SurfaceLines = memo(function SurfaceLines(props: {
  readonly grid: SurfaceGrid;
  readonly range: LossRange;
  readonly size: number;
}): ReactNode {
  const { grid, range, size } = props;
  const path = useMemo(() => {
    const logs = grid.losses.map(Math.log2);
    const unit = size / (grid.size - 1);
    const place = (x: number, y: number) =>
      `${(x * unit).toFixed(1)} ${(size - y * unit).toFixed(1)}`;
    return contours(logs, grid.size, levelsOf(range))
      .map(([x0, y0, x1, y1]) => `M${place(x0, y0)}L${place(x1, y1)}`)
      .join('');
  }, [grid, range, size]);
  return (
    <svg className={square.layer} aria-hidden="true">
      <path className={styles.contour} d={path} />
    </svg>
  );
});

/** The present weights, ways of training, the picked point and the crosshair. */
export const SurfaceMarks = memo(function SurfaceMarks(props: {
  readonly axes: SurfaceAxes;
  readonly size: number;
  readonly paths: readonly MapPath[];
  readonly picked: Place | null;
  readonly place: Place | null;
  readonly hereLabel: string;
}): ReactNode {
  const { axes, size, paths, picked, place, hereLabel } = props;
  const toX = (v: number) => ((v - axes.x.from) / (axes.x.to - axes.x.from)) * size;
  const toY = (v: number) => size - ((v - axes.y.from) / (axes.y.to - axes.y.from)) * size;
  const of = ({ i, j }: Place) => [(i / UNITS) * size, size - (j / UNITS) * size] as const;
  const here = [
    bounded(toX(axes.x.offset + axes.here[0])),
    bounded(toY(axes.y.offset + axes.here[1])),
  ] as const;
  return (
    <svg className={square.layer} aria-hidden="true">
      {paths.map((path) => (
        <PathLine
          key={path.look}
          path={path}
          points={path.points.map(({ x, y }) => [toX(x), toY(y)] as const)}
        />
      ))}
      <g transform={`translate(${here[0]} ${here[1]})`}>
        <title>{hereLabel}</title>
        <circle className={styles.halo} r="7" />
        <circle className={styles.here} r="7" />
        <path className={styles.here} d="M-11 0H-3M3 0H11M0 -11V-3M0 3V11" />
      </g>
      {picked !== null && <PickedMark at={of(picked)} />}
      {place !== null && <Crosshair at={of(place)} size={size} />}
    </svg>
  );
});

function PickedMark({ at: [x, y] }: { readonly at: readonly [number, number] }): ReactNode {
  return (
    <g data-export="none" transform={`translate(${x} ${y})`}>
      <rect className={styles.halo} x="-6" y="-6" width="12" height="12" />
      <rect className={styles.picked} x="-6" y="-6" width="12" height="12" />
    </g>
  );
}

function Crosshair(props: {
  readonly at: readonly [number, number];
  readonly size: number;
}): ReactNode {
  const { at, size } = props;
  const cross = `M0 ${at[1]}H${size}M${at[0]} 0V${size}`;
  return (
    <g data-export="none">
      <path className={square.crossHalo} d={cross} />
      <path className={square.cross} d={cross} />
    </g>
  );
}

type Pixel = readonly [x: number, y: number];

/** No coordinate that a renderer would choke on. */
const FAR = 1e5;
const bounded = (v: number) => Math.min(FAR, Math.max(-FAR, v));

function PathLine(props: { readonly path: MapPath; readonly points: readonly Pixel[] }): ReactNode {
  const { path, points } = props;
  if (points.length === 0) return null;
  const d = points.map(([x, y], k) => `${k === 0 ? 'M' : 'L'}${bounded(x)} ${bounded(y)}`).join('');
  const [x, y] = points[points.length - 1]!;
  return (
    <g data-look={path.look} className={styles.way}>
      <path className={styles.wayHalo} d={d} />
      <path className={styles.wayLine} d={d} />
      {path.look !== 'run' &&
        points.map(([px, py], k) => (
          <Dot key={k} look={path.look} x={bounded(px)} y={bounded(py)} />
        ))}
      {path.overflows && (
        <path
          className={styles.end}
          d="M-6 -6L6 6M-6 6L6 -6"
          transform={`translate(${bounded(x)} ${bounded(y)})`}
        />
      )}
    </g>
  );
}

/** Round where it is clipped, square where it is not. */
function Dot(props: {
  readonly look: MapPath['look'];
  readonly x: number;
  readonly y: number;
}): ReactNode {
  const { look, x, y } = props;
  return look === 'clipped' ? (
    <circle className={styles.dot} cx={x} cy={y} r="2.5" />
  ) : (
    <rect className={styles.dot} x={x - 2.5} y={y - 2.5} width="5" height="5" />
  );
}
