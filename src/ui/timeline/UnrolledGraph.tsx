import type { ReactNode } from 'react';
import { diverging, type ResolvedTheme, type Rgb } from '../theme/colors';
import { useTheme } from '../theme/useTheme';
import { useText } from '../app/context';
import { formatNumber } from '../charts/format';
import type { TimelineActions } from './actions';
import { edgeThickness, type EdgeScale, type GraphLayout } from './graph';
import type { Stop } from './useMarks';
import type { Phase } from './usePlayback';
import styles from './UnrolledGraph.module.css';

interface UnrolledGraphProps {
  readonly layout: GraphLayout;
  readonly width: number;
  readonly height: number;
  readonly step: number;
  readonly T: number;
  /** −1…1 for each drawn step, NaN without data */
  readonly values: readonly number[];
  /** log2‖δ_t‖ [T] */
  readonly errors: Float64Array | null;
  readonly edges: EdgeScale;
  readonly lossWeights: ArrayLike<number>;
  readonly stops: ReadonlyMap<number, Stop>;
  /** What a random scheme multiplies kept links by */
  readonly factor: number | null;
  readonly end: number;
  readonly phase: Phase;
  readonly label: string;
  readonly actions: TimelineActions;
}

/** Height of the lens under the nodes, in pixels */
const LENS = 9;

/** Steps as nodes: h flows right in blue, the error flows left in orange, cuts stop it. */
export function UnrolledGraph(props: UnrolledGraphProps): ReactNode {
  const { layout, width, height, step, phase, end, label } = props;
  const theme = useTheme();
  const { from, to, lens } = layout;
  const steps = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const base = lens === null ? height : height - LENS;
  return (
    <svg className={styles.graph} width={width} height={height} role="img" aria-label={label}>
      {lens !== null && (
        <path
          className={styles.lens}
          d={`M0 ${base}H${width}L${lens.right} ${height}H${lens.left}Z`}
        />
      )}
      {steps.map((t) => (
        <Link key={t} t={t} base={base} {...props} />
      ))}
      {steps.map((t, i) => {
        const hidden = t >= end || (phase === 'forward' && t > step);
        return (
          <Node
            key={t}
            t={t}
            base={base}
            theme={theme}
            value={hidden ? NaN : (props.values[i] ?? NaN)}
            {...props}
          />
        );
      })}
    </svg>
  );
}

interface PartProps extends UnrolledGraphProps {
  readonly t: number;
  readonly base: number;
}

function centre({ layout, t }: PartProps): number {
  return layout.offset + (t - layout.from + 0.5) * layout.pitch;
}

function middle({ base }: PartProps): number {
  return base * 0.5;
}

function Node(
  props: PartProps & { readonly value: number; readonly theme: ResolvedTheme },
): ReactNode {
  const { t, step, base, layout, value, theme, lossWeights, stops, actions } = props;
  const [x, y, r] = [centre(props), middle(props), layout.radius];
  const colour: Rgb | null = Number.isNaN(value) ? null : diverging(value, theme);
  const size = Math.min(11.5, (r * 2.5) / (1.6 + 0.55 * String(t).length));
  const loss = (lossWeights[t - 1] ?? 0) !== 0;
  // The word of the stop that follows takes the place on the right.
  const crowded = isNamed(stops, t + 1);
  return (
    <g
      className={styles.node}
      data-current={t === step || undefined}
      onClick={() => actions.select(t)}
    >
      <path className={styles.stem} d={`M${x} ${base - 3}V${y + r + 3}`} markerEnd="none" />
      <text className={styles.stemText} x={x + 4} y={base - 3}>
        x
      </text>
      {loss && (
        <>
          <path className={styles.lossStem} d={`M${x} ${y - r - 3}V4`} />
          <text
            className={styles.stemText}
            x={x + (crowded ? -4 : 4)}
            y={11}
            textAnchor={crowded ? 'end' : 'start'}
          >
            ℓ
          </text>
        </>
      )}
      <circle
        cx={x}
        cy={y}
        r={r}
        className={styles.nodeDisc}
        fill={colour === null ? 'var(--panel)' : `rgb(${colour.join(' ')})`}
      />
      <text
        x={x}
        y={y + size * 0.3}
        textAnchor="middle"
        fontSize={size}
        fill={colour !== null && needsInverse(colour, theme) ? 'var(--panel)' : 'var(--ink)'}
      >
        <tspan fontStyle="italic">h</tspan>
        <tspan dy={size * 0.22} fontSize={size * 0.8}>
          {t}
        </tspan>
      </text>
    </g>
  );
}

/** Whether the stop before step t carries its word: the first of a row of equal ones does. */
function isNamed(stops: ReadonlyMap<number, Stop>, t: number): boolean {
  const stop = stops.get(t);
  return stop !== undefined && stops.get(t - 1) !== stop;
}

/** True where the page's ink would be hard to read on the fill. */
function needsInverse([red, green, blue]: Rgb, theme: ResolvedTheme): boolean {
  const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return theme === 'light' ? light < 125 : light > 125;
}

/** Between step t−1 and t: forward and backward arrows, or the cut. The whole gap is a button. */
function Link(props: PartProps): ReactNode {
  const { t, T, base, layout, step, phase, end, stops, factor, errors, edges, actions } = props;
  const text = useText();
  const stop = stops.get(t) ?? null;
  const right = centre(props) - layout.radius - 3;
  // The arrow into the first node comes from outside the picture and may be shorter.
  const whole = centre(props) - layout.pitch + layout.radius + 3;
  const left = t === layout.from ? Math.max(1, whole, right - 60) : whole;
  const mid = (left + right) / 2;
  const y = middle(props);
  // A reset stops the values as well.
  const forward = t < end && stop !== 'reset' && !(phase === 'forward' && t > step);
  const known = t < end && phase !== 'forward' && !(phase === 'backward' && t < step);
  const log2 = errors?.[t - 1] ?? NaN;
  const thickness = known && stop === null ? edgeThickness(log2, edges) : 0;
  const zero = known && stop === null && log2 === -Infinity;
  const head = Math.min(5, (right - left) / 3);
  if (t > T) return null;
  return (
    <g className={styles.link} data-stop={stop ?? undefined} onClick={() => actions.toggleCut(t)}>
      <rect
        x={mid - Math.max(8, (right - left) / 2)}
        y={0}
        width={Math.max(16, right - left)}
        height={base}
        className={styles.linkArea}
      />
      {forward && (
        <path
          className={styles.forwardEdge}
          d={`M${left} ${y - 5}H${right}M${right - head} ${y - 5 - head * 0.7}L${right} ${y - 5}L${right - head} ${y - 5 + head * 0.7}`}
        />
      )}
      {thickness > 0 && (
        <path
          className={styles.backwardEdge}
          strokeWidth={thickness}
          d={`M${right} ${y + 6}H${left + thickness / 2 + 1}`}
        />
      )}
      {thickness > 0 && (
        <path
          className={styles.backwardHead}
          d={`M${left - 1} ${y + 6}l${4 + thickness * 0.5} ${-(2 + thickness * 0.75)}v${4 + thickness * 1.5}z`}
        />
      )}
      {zero && <path className={styles.zeroEdge} d={`M${right} ${y + 6}H${left}`} />}
      <text className={styles.linkScissors} x={mid} y={y + 13} textAnchor="middle">
        ✂
      </text>
      {stop !== null && <path className={styles.cutEdge} d={`M${mid} 14V${base - 2}`} />}
      {isNamed(stops, t) && (
        <text className={styles.cutText} x={Math.max(18, mid)} y={10} textAnchor="middle">
          {text(stop === 'reset' ? 'track.reset' : 'track.detach')}
        </text>
      )}
      {stop === null && factor !== null && t > 1 && (
        <text className={styles.factor} x={mid} y={y + 20} textAnchor="middle">
          ×{formatNumber(factor)}
        </text>
      )}
    </g>
  );
}
