import { sideOfUnitCircle } from '../../analysis/spectrum';
import { useText } from '../app/context';
import { plainMath } from '../charts/MathText';
import { formatNumber } from '../controls/parseNumber';
import { useSpectrum } from './useSpectrum';
import type { WeightArray } from './weightArrays';
import styles from './WeightsSection.module.css';

const SIZE = 124;
const CENTRE = SIZE / 2;
/** Leaves room for the caption below and for eigenvalues a little outside the circle. */
const USUAL_REACH = 1.25;

/** The eigenvalues of W_h in the complex plane; hollow where they lie outside the unit circle. */
export function EigenvaluePlot({ array }: { readonly array: WeightArray }) {
  const text = useText();
  const { spectrum, pending } = useSpectrum(array);
  const eigenvalues = spectrum?.eigenvalues ?? [];
  const radius = spectrum?.spectralRadius ?? 0;
  const scale = (CENTRE - 5) / Math.max(USUAL_REACH, 1.08 * radius);
  const outside = eigenvalues.filter((value) => sideOfUnitCircle(value) > 0).length;
  const label =
    spectrum === null
      ? text('weights.waiting')
      : text('weights.eigenvaluesSummary', {
          count: eigenvalues.length,
          outside,
          radius: formatNumber(Number(radius.toPrecision(3))),
        });
  return (
    <div className={styles.plot}>
      <svg
        className={styles.eigen}
        viewBox={`0 0 ${SIZE} ${SIZE}`}
        role="img"
        aria-label={`${plainMath(text('weights.eigenvalues'))}: ${label}`}
        data-pending={pending}
      >
        <path className={styles.axis} d={`M4 ${CENTRE}H${SIZE - 4}M${CENTRE} 4V${SIZE - 4}`} />
        <circle className={styles.circle} cx={CENTRE} cy={CENTRE} r={scale} />
        {eigenvalues.map(([re, im], i) => (
          <circle
            key={i}
            className={sideOfUnitCircle([re, im]) > 0 ? styles.outside : styles.inside}
            cx={CENTRE + scale * re}
            cy={CENTRE - scale * im}
            r={eigenvalues.length > 100 ? 1.5 : 2.8}
          />
        ))}
      </svg>
    </div>
  );
}
