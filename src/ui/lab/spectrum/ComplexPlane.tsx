import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { Complex } from '../../../analysis/complex';
import { sideOfUnitCircle } from '../../../analysis/spectrum';
import { useText } from '../../app/context';
import { formatComplex, planeScale, turningOf, type PlaneFrame } from '../../charts/complexPlane';
import { ChartMenu } from '../../charts/export/ChartMenu';
import { formatCount, formatNumber } from '../../charts/format';
import { MathText, plainMath } from '../../charts/MathText';
import { blockedText } from '../../weights/EigenvalueReading';
import { useEigenvalueEditor } from '../../weights/useEigenvalueEditor';
import { useEigenvaluePointer } from '../../weights/useEigenvaluePointer';
import { useWeightArray } from '../../weights/weightArrays';
import { planeData } from './planeData';
import styles from './spectrum.module.css';

const FRAME: PlaneFrame = { size: 300, margin: 18, least: 1.06 };
const PLANE = FRAME.size;

/** How near an eigenvalue a finger takes hold of it instead of scrolling, in drawing units */
const GRASP = 16;

/**
 * Eigenvalues with the unit circle, hollow outside it; pointer and arrow keys read them, and a drag
 * moves them as in the plot beside W_h.
 */
export function ComplexPlane(): ReactNode {
  const text = useText();
  const svg = useRef<SVGSVGElement>(null);
  const editing = useEigenvalueEditor(useWeightArray('Wh'));
  const { eigenvalues, radius, at, blocked } = editing;
  const sigma = editing.sigma ?? 0;
  const { scale, isHolding, handlers } = useEigenvaluePointer({
    svg,
    frame: FRAME,
    scale: planeScale(FRAME, radius, sigma),
    editing,
  });
  const chosen = at === null ? undefined : eigenvalues[at];
  const outside = eigenvalues.filter((value) => sideOfUnitCircle(value) > 0).length;

  const onKeyDown = (event: KeyboardEvent) => {
    const next = indexAfter(event.key, at, eigenvalues.length);
    if (next === null) return;
    editing.point(next);
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <ChartMenu
        className={styles.menu}
        chart={{
          id: 'eigenvalues',
          title: text('spectrum.eigenvaluesTitle'),
          panels: () => {
            if (svg.current === null) return [];
            const panel = { isFramed: false, isOnTimeAxis: false, legend: null };
            const title = text('spectrum.eigenvaluesTitle');
            return [{ ...panel, title, element: svg.current }];
          },
          data: () => planeData(eigenvalues, text),
        }}
      />
      <svg
        ref={svg}
        className={styles.plane}
        viewBox={`0 0 ${PLANE} ${PLANE}`}
        role="group"
        aria-roledescription="chart"
        aria-label={plainMath(
          text('spectrum.plane', {
            count: formatCount(eigenvalues.length),
            outside: formatCount(outside),
          }),
        )}
        tabIndex={0}
        data-held={isHolding}
        {...handlers}
        onPointerEnter={editing.prepare}
        onPointerLeave={() => editing.point(null)}
        onBlur={() => editing.point(null)}
        onKeyDown={onKeyDown}
      >
        <Axes unit={scale.unit} />
        {scale.showsSigma && sigma > 0 && <SigmaCircle radius={scale.unit * sigma} />}
        {eigenvalues.map(([re, im], i) => (
          <g key={i} className={styles.handle}>
            <circle className={styles.grasp} cx={scale.x(re)} cy={scale.y(im)} r={GRASP} />
            <circle
              className={sideOfUnitCircle([re, im]) > 0 ? styles.outside : styles.inside}
              cx={scale.x(re)}
              cy={scale.y(im)}
              r={eigenvalues.length > 100 ? 2.5 : 4}
            />
          </g>
        ))}
        {chosen !== undefined && (
          <circle
            className={styles.chosen}
            data-export="none"
            cx={scale.x(chosen[0])}
            cy={scale.y(chosen[1])}
            r="8"
          />
        )}
      </svg>
      <p className={styles.readout} aria-live="off">
        {chosen === undefined ? (
          <MathText text={text(scale.showsSigma ? 'spectrum.circles' : 'spectrum.circle')} />
        ) : (
          <Reading value={chosen} index={at! + 1} count={eigenvalues.length} />
        )}
        {isHolding && blocked !== null && (
          <>
            {' '}
            <MathText text={blockedText(text, blocked)} />
          </>
        )}
      </p>
    </>
  );
}

/** Arrows go from one modulus to the next smaller or larger one; null for other keys. */
function indexAfter(key: string, at: number | null, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return Math.min(count - 1, (at ?? -1) + 1);
    case 'ArrowLeft':
    case 'ArrowUp':
      return Math.max(0, (at ?? 1) - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

function Axes({ unit }: { readonly unit: number }): ReactNode {
  const centre = PLANE / 2;
  return (
    <>
      <path className={styles.axis} d={`M0 ${centre}H${PLANE}M${centre} 0V${PLANE}`} />
      <circle className={styles.unit} cx={centre} cy={centre} r={unit} />
      <g className={styles.label}>
        <text x={centre + unit + 3} y={centre + 13} textAnchor="start">
          1
        </text>
        <text x={centre - unit - 3} y={centre + 13} textAnchor="end">
          −1
        </text>
        <text x={centre + 4} y={centre - unit - 3}>
          1
        </text>
        <text x={centre + 4} y={centre + unit + 11}>
          −1
        </text>
        <text className={styles.name} x={PLANE - 2} y={centre - 5} textAnchor="end">
          Re
        </text>
        <text className={styles.name} x={centre - 4} y={11} textAnchor="end">
          Im
        </text>
      </g>
    </>
  );
}

function SigmaCircle({ radius }: { readonly radius: number }): ReactNode {
  const centre = PLANE / 2;
  const corner = radius * Math.SQRT1_2;
  return (
    <>
      <circle className={styles.sigma} cx={centre} cy={centre} r={radius} />
      <text
        className={`${styles.label} ${styles.sigmaLabel}`}
        x={centre + corner + 3}
        y={centre + corner + 11}
      >
        σ
        <tspan dy="2" fontSize="8">
          max
        </tspan>
      </text>
    </>
  );
}

/** |λ|, its angle, and what they do to a state in one step. */
function Reading(props: {
  readonly value: Complex;
  readonly index: number;
  readonly count: number;
}): ReactNode {
  const text = useText();
  const { value, index, count } = props;
  const modulus = formatNumber(Math.hypot(...value));
  const turning = turningOf(value);
  const side = sideOfUnitCircle(value);
  return (
    <>
      <MathText text={text('spectrum.eigenvalue', { index, count })} />{' '}
      <b>{formatComplex(value)}</b>, |λ| = <b>{modulus}</b>:{' '}
      {text(side < 0 ? 'spectrum.decays' : side > 0 ? 'spectrum.grows' : 'spectrum.keeps', {
        factor: modulus,
      })}
      {turning.kind === 'flips' && text('spectrum.flips')}
      {turning.kind === 'none' && text('spectrum.straight')}
      {turning.kind === 'turns' &&
        text('spectrum.turns', {
          angle: formatNumber(turning.angle),
          period: formatNumber(turning.period),
        })}
    </>
  );
}
